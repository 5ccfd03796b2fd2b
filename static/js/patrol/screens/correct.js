/** Correcting a visit: another place, another text, or out of the log. (An event is corrected in its own form, filled in.) */

import { html, nothing } from "lit";
import { localTime } from "../../store/payload.js";
import { words } from "../../words/index.js";
import { Draft } from "../draft.js";
import { Part, given } from "../part.js";
import { draftLine } from "../parts/draft_line.js";
import { noteBrake, noteField } from "../parts/note_field.js";
import { options } from "../parts/options.js";
import "../parts/place_options.js";
import { saveDock } from "../parts/save_dock.js";
import { top } from "../parts/top.js";
import { heading } from "../record_words.js";
import { clock, minutesBetween } from "../times.js";

const LENGTHS = ["5", "10", "15", "20", "30", "45", "60", "90"];

export class CorrectVisit extends Part {
  static properties = {
    state: { attribute: false },
    record: { attribute: false },
    /** Why it needs its author: the code, and in words. */
    code: { attribute: false },
    reason: { attribute: false },
    save: { attribute: false },
    hide: { attribute: false },
    changed: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {any} */ this.record = given();
    /** @type {string|null} */ this.code = null;
    /** @type {string|null} */ this.reason = null;
    /** @type {(body: any, form: import("../actions.js").Form) => void} */ this.save = () => {};
    /** @type {() => void} */ this.hide = () => {};
    /** @type {any} what is to be otherwise, or null */ this.changed = null;
    /** @type {string[]} */ this.kept = [];
    this.draft = new Draft(this, () => `correct/${this.record.rid}`);
  }

  worthKeeping() {
    return this.changed;
  }

  /** @param {any} kept */
  takeUp(kept) {
    this.changed = kept;
    return true;
  }

  render() {
    const { correct: say } = words();
    const meta = `${heading(this.state, this.record)} ${clock(new Date(this.record.body.started_at))}`;
    const { place, note } = this.#body();
    return html`${top(this.state, { title: say.visit, meta, back: "mine" })}
      <main class="low form">
        ${draftLine(this.draft, this.state.now, () => void this.#anew())}
        <p class="gutter reason">${this.reason ?? say.text}</p>
        <fieldlog-place-options
          .rows=${this.state.rows} .chosen=${place} .pick=${(/** @type {string} */ code) => this.#put({ place: code })}
        ></fieldlog-place-options>
        ${this.record.body.ended_at ? this.#length() : nothing}
        ${note || this.changed?.note != null ? this.#note(note ?? "") : nothing} ${hideButton(this.hide)}
      </main>
      <footer class="dock">
        ${saveDock({ label: say.save, brake: this.#brake(), save: () => this.save(this.#body(), { draft: this.draft }) })}
      </footer>`;
  }

  /** How long it was, for a visit that was left running or ended too late. */
  #length() {
    const { started_at: from, ended_at: to } = this.#body();
    const said = String(minutesBetween(new Date(from), new Date(to)));
    const choices = LENGTHS.map((value) => ({ value, label: words().justHere.minutes(Number(value)) }));
    const pick = (/** @type {string} */ value) =>
      this.#put({ ended_at: localTime(new Date(+new Date(from) + Number(value) * 60_000)), ended_by: "backfill" });
    return options({ name: "length", legend: words().correct.length, choices, columns: "four", chosen: said, pick });
  }

  /** The whole visit as it is to stand. */
  #body() {
    return { ...this.record.body, ...this.changed };
  }

  #brake() {
    const { place, note } = this.#body();
    if (this.code === "unknown_place" && !this.state.row(place)) return { say: words().eventForm.pickPlaceDo, at: "[name=place]" };
    return note ? noteBrake(note) : null;
  }

  /** @param {string} note */
  #note(note) {
    return noteField({
      note, kept: this.kept, state: this.state,
      write: (text) => this.#put({ note: text }),
      keep: (text) => {
        this.kept = [...this.kept, text];
        this.requestUpdate();
      },
    });
  }

  /** @param {any} some */
  #put(some) {
    this.changed = { ...this.changed, ...some };
  }

  async #anew() {
    await this.draft.forget();
    this.changed = null;
  }
}

/** Hidden from the log, never deleted. @param {() => void} hide */
export const hideButton = (hide) =>
  html`<div class="gutter">
    <button class="button wide" type="button" @click=${hide}>${words().correct.withdraw}</button>
  </div>`;

customElements.define("fieldlog-correct-visit", CorrectVisit);
