/** Which place, as big buttons: the likeliest, and all the others when asked for. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { Part, given } from "../part.js";
import { options } from "./options.js";

/** @typedef {import("../places.js").Row} Row */

export class PlaceOptions extends Part {
  static properties = {
    rows: { attribute: false },
    most: { attribute: false },
    columns: { attribute: false },
    chosen: { attribute: false },
    /** Whether it may be none. */
    none: { attribute: false },
    pick: { attribute: false },
    all: { state: true },
  };

  constructor() {
    super();
    /** @type {Row[]} the likeliest first */ this.rows = given();
    this.most = 12;
    this.columns = "two";
    /** @type {string|null} "": none */ this.chosen = null;
    this.none = false;
    /** @type {(code: string) => void} */ this.pick = () => {};
    this.all = false;
  }

  render() {
    const { eventForm, event, otherPlace } = words();
    const shown = this.#shown();
    const choices = shown.map((row) => ({ value: row.code, label: row.name }));
    if (this.none) choices.push({ value: "", label: event.noPlace });
    return html`<div class="stack">
      ${options({ name: "place", legend: eventForm.where, choices, columns: this.columns, chosen: this.chosen, pick: this.pick })}
      ${shown.length < this.rows.length
        ? html`<div class="gutter"><button class="button wide" type="button" @click=${() => (this.all = true)}>${otherPlace.all}</button></div>`
        : nothing}
    </div>`;
  }

  /** What is chosen is among them; a tap moves nothing. */
  #shown() {
    const likely = this.all ? this.rows : this.rows.slice(0, this.most);
    const other = this.rows.filter((row) => row.code === this.chosen && !likely.includes(row));
    return [...other, ...likely];
  }
}

customElements.define("fieldlog-place-options", PlaceOptions);
