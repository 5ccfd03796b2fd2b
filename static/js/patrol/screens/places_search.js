/** Every place there is, found by a part of its name: for arriving somewhere that is not on today's list. */

import { html } from "lit";
import { words } from "../../words/index.js";
import { Part, given } from "../part.js";
import { placeRow } from "../parts/place_row.js";
import { top } from "../parts/top.js";

export class PlacesSearch extends Part {
  static properties = { state: { attribute: false }, here: { attribute: false }, sought: { state: true } };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {(code: string) => void} */ this.here = () => {};
    this.sought = "";
  }

  render() {
    const { otherPlace: say } = words();
    const rows = this.state.rows.filter((row) => matches(row, this.sought));
    const write = (/** @type {any} */ event) => {
      this.sought = event.target.value;
    };
    return html`${top(this.state, { title: say.title, back: "now" })}
      <main>
        <div class="search">
          <label for="sought">${say.search}</label>
          <input id="sought" type="search" autocomplete="off" .value=${this.sought} @input=${write} />
        </div>
        <div class="section"><h2>${say.all}</h2></div>
        <ul class="rows">${rows.map((row) => placeRow(this.state, row, () => this.here(row.code)))}</ul>
        <p class="meta gutter" role="status">${rows.length ? "" : say.none}</p>
      </main>`;
  }
}

/** @param {import("../places.js").Row} row @param {string} sought */
function matches(row, sought) {
  const plain = (/** @type {string} */ text) => text.toLocaleLowerCase("sv").normalize("NFC");
  return plain(`${row.name} ${row.district ?? ""}`).includes(plain(sought.trim()));
}

customElements.define("fieldlog-places-search", PlacesSearch);
