/** Rescue: a file of all that the centre has not acknowledged, and other people's files carried on. */

import { html, nothing } from "lit";
import { RESCUE_MAX, head } from "../../crypto/rescue.js";
import { carried, carry } from "../../store/carried.js";
import { NotSaved } from "../../store/database.js";
import { sendNow } from "../../sync/start.js";
import { words } from "../../words/index.js";
import { Part, given } from "../part.js";
import { size } from "../parts/facts.js";
import { icon } from "../parts/icon.js";
import { receipt } from "../parts/receipt.js";
import { top } from "../parts/top.js";
import { canShare, rescueAll, saveFile, shareFiles } from "../rescue_file.js";
import { moment } from "../times.js";

export class RescueScreen extends Part {
  static properties = {
    state: { attribute: false },
    files: { state: true },
    working: { state: true },
    said: { state: true },
    carried: { state: true },
    refused: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {import("../rescue_file.js").Made[]|null} */ this.files = null;
    this.working = false;
    /** @type {null|"nothing"|"failed"} */ this.said = null;
    /** @type {import("../../store/carried.js").Carried[]} */ this.carried = [];
    /** @type {null|"notOurs"|"cut"|"tooLarge"|"full"} */ this.refused = null;
    /** @type {any} */ this.seen = null;
  }

  /** The carried files, again whenever anything stored has changed. */
  willUpdate() {
    if (this.seen === this.state.records) return;
    this.seen = this.state.records;
    void this.#look().catch(reportError);
  }

  async #look() {
    this.carried = await carried();
  }

  render() {
    const { rescue: say } = words();
    return html`${top(this.state, { title: say.title, back: "storage" })}
      <main class="form">
        <p class="gutter">${say.text}</p>
        ${this.files ? this.#made(this.files) : this.#make()}
        <p class="gutter" role="status">${this.said ? say[this.said] : nothing}</p>
        ${this.#carrying()}
      </main>`;
  }

  #make() {
    const { rescue: say } = words();
    return html`<p class="gutter">
      <button class="button lit wide" type="button" @click=${this.#seal} aria-disabled=${String(this.working)}>
        ${icon("box")}${this.working ? say.working : say.make}
      </button>
    </p>`;
  }

  /** @param {import("../rescue_file.js").Made[]} files */
  #made(files) {
    const { rescue: say } = words();
    const bytes = files.reduce((sum, file) => sum + file.blob.size, 0);
    return html`<p class="gutter" role="status">${say.made(size(bytes))}</p>
      <div class="gutter stack">
        ${files.map(
          (file) => html`<button class="button wide" type="button" @click=${() => saveFile(file)}>
            ${icon("box")}<span>${say.save}<br /><span class="meta">${file.name}</span></span>
          </button>`,
        )}
        ${canShare(files)
          ? html`<button class="button wide" type="button" @click=${() => void shareFiles(files)}>${icon("send")}${say.share}</button>`
          : nothing}
      </div>`;
  }

  #seal = async () => {
    if (this.working) return;
    this.working = true;
    this.said = null;
    try {
      const files = await rescueAll();
      if (files.length) this.files = files;
      else this.said = "nothing";
    } catch (error) {
      this.said = "failed";
      reportError(error);
    } finally {
      this.working = false;
    }
  };

  #carrying() {
    const { rescue: say } = words();
    return html`<section class="gutter limits" aria-labelledby="carry">
        <h2 id="carry">${say.carryTitle}</h2>
        <p>${say.carryText}</p>
        <label class="button wide pick">
          <input type="file" @change=${this.#take} />
          ${icon("people")}<span>${say.carry}</span>
        </label>
        <p class="refusal" role="status">${this.refused ? say[this.refused] : nothing}</p>
      </section>
      ${this.carried.length ? this.#list() : nothing}`;
  }

  #list() {
    const { rescue: say } = words();
    return html`<div class="section"><h2>${say.carrying}</h2></div>
      <ul class="rows">
        ${this.carried.map(
          (file) => html`<li class="record">
            <div class="grow">
              <h3>${file.name}</h3>
              <p class="meta">${say.from(moment(new Date(file.madeAt), this.state.now))} · ${size(file.size)}</p>
              ${receipt(file.state)}
              ${file.refused ? html`<p class="meta">${say.refusedByStore}</p>` : nothing}
            </div>
          </li>`,
        )}
      </ul>`;
  }

  /** @param {any} event */
  #take = async (event) => {
    const [file] = event.target.files;
    event.target.value = "";
    if (!file) return;
    this.refused = await whyNot(file);
    if (this.refused) return;
    try {
      await carry(file);
      await this.#look();
      void sendNow();
    } catch (error) {
      if (!(error instanceof NotSaved)) throw error;
      this.refused = "full";
    }
  };
}

/** @param {File} file @returns {Promise<null|"notOurs"|"cut"|"tooLarge">} */
async function whyNot(file) {
  if (file.size > RESCUE_MAX) return "tooLarge";
  const about = await head(file);
  if (!about) return "notOurs";
  return about.whole ? null : "cut";
}

customElements.define("fieldlog-rescue", RescueScreen);
