/**
 * What could not be stored, held up before its author: the text stays, can be copied, sealed into a file, or
 * tried again. A modal, so that nothing else is pressed before that is settled.
 */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { Part, given } from "../part.js";
import { inWords } from "../record_words.js";
import { rescueAll, rescueUnsaved, saveFile } from "../rescue_file.js";
import "./copy.js";
import { icon } from "./icon.js";

/**
 * @typedef {object} Trouble
 * @property {string|null} by whose unlocked profile it is for
 * @property {"full"|"lost"} reason
 * @property {import("../rescue_file.js").Unsaved|null} unsaved
 * @property {() => void} again tries the very same save once more
 */

export class TroubleSheet extends Part {
  static properties = { state: { attribute: false }, failed: { state: true } };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    this.failed = false;
  }

  firstUpdated() {
    this.querySelector("dialog")?.showModal();
  }

  render() {
    const { trouble: say } = words();
    const { trouble } = this.state;
    if (!trouble) return nothing;
    const { reason, unsaved } = trouble;
    return html`<dialog class="sheet" aria-labelledby="trouble" @cancel=${this.#close}>
      <h2 id="trouble">${icon("stop")}${say[`${reason}Title`]}</h2>
      <p>${say[`${reason}Text`]}</p>
      <p class="meta">${say[`${reason}Do`]}</p>
      ${unsaved ? html`<fieldlog-copy class="stack" .label=${say.what} .text=${inWords(this.state, unsaved)}></fieldlog-copy>` : nothing}
      <button class="button lit" type="button" autofocus @click=${trouble.again}>${say.again}</button>
      <div class="row">
        <button class="button" type="button" @click=${this.#rescue}>${icon("box")}${say.rescue}</button>
        <button class="button" type="button" @click=${this.#close}>${say.back}</button>
      </div>
      <p class="meta" role="status">${this.failed ? words().rescue.failed : nothing}</p>
    </dialog>`;
  }

  /** First what is on the screen, from memory; then all that the storage still lets be read. */
  #rescue = async () => {
    const { trouble, profile } = this.state;
    this.failed = false;
    try {
      if (trouble?.unsaved && profile) saveFile(await rescueUnsaved(trouble.unsaved, profile));
      for (const file of await rescueAll()) saveFile(file);
    } catch {
      this.failed = true;
    }
  };

  #close = () => this.state.set({ trouble: null });
}

customElements.define("fieldlog-trouble", TroubleSheet);
