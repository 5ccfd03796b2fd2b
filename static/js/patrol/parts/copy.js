/** A text to be copied by one tap, or by hand where the browser refuses. */

import { html } from "lit";
import { words } from "../../words/index.js";
import { Part } from "../part.js";
import { icon } from "./icon.js";

export class Copy extends Part {
  static properties = { label: { attribute: false }, text: { attribute: false }, copied: { state: true } };

  constructor() {
    super();
    this.label = "";
    this.text = "";
    this.copied = "";
  }

  render() {
    const { trouble: say } = words();
    return html`<label class="label" for="to-copy">${this.label}</label>
      <textarea id="to-copy" readonly rows="4" autocomplete="off" .value=${this.text}></textarea>
      <button class="button" type="button" @click=${this.#copy}>${icon("note")}${this.copied === this.text ? say.copied : say.copy}</button>`;
  }

  #copy = async () => {
    try {
      await navigator.clipboard.writeText(this.text);
      this.copied = this.text;
    } catch {
      this.querySelector("textarea")?.select();
    }
  };
}

customElements.define("fieldlog-copy", Copy);
