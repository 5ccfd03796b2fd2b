/** Another place or time for the event about to be written. */

import { html } from "lit";
import { words } from "../../words/index.js";
import { Draft } from "../draft.js";
import { Part, given } from "../part.js";
import { options } from "../parts/options.js";
import "../parts/place_options.js";
import { saveDock } from "../parts/save_dock.js";
import { top } from "../parts/top.js";
import { eventWhere, lastNight } from "../where.js";

const AGO = ["0", "5", "15", "30", "60"];

export class WhereForm extends Part {
  static properties = {
    state: { attribute: false },
    use: { attribute: false },
    place: { state: true },
    when: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {(where: import("../model.js").Where, draft: Draft) => void} */ this.use = () => {};
    /** @type {string|undefined} as chosen here; undefined: not chosen yet, "": none */ this.place = undefined;
    this.when = "0";
    this.draft = new Draft(this, () => "where");
  }

  worthKeeping() {
    return this.place === undefined && this.when === "0" ? null : { place: this.place, when: this.when };
  }

  /** @param {any} kept */
  takeUp({ place, when }) {
    this.place = place;
    this.when = when;
    return true;
  }

  render() {
    const { eventForm: say } = words();
    const times = AGO.map((value) => ({ value, label: value === "0" ? say.nowish : say.ago(Number(value)) }));
    return html`${top(this.state, { title: say.whereTitle, back: "event" })}
      <main class="low form">
        <fieldlog-place-options
          .rows=${this.state.rows} .chosen=${this.#place()} .none=${true}
          .pick=${(/** @type {string} */ code) => (this.place = code)}
        ></fieldlog-place-options>
        ${options({
          name: "when", legend: say.when, choices: [...times, { value: "night", label: say.tonight }],
          columns: "three", chosen: this.when,
          pick: (value) => {
            this.when = value;
          },
        })}
      </main>
      <footer class="dock">${saveDock({ label: say.use, brake: null, save: () => this.use(this.#answer(), this.draft) })}</footer>`;
  }

  #answer() {
    const now = new Date();
    const times = this.when === "night" ? lastNight(now) : { from: new Date(+now - Number(this.when) * 60_000), to: null };
    return { place: this.#place() || null, ...times };
  }

  #place() {
    return this.place ?? eventWhere(this.state).place ?? "";
  }
}

customElements.define("fieldlog-where-form", WhereForm);
