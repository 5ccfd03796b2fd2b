/** Correcting a visit: another place, or out of the log. (An event is corrected in its own form, filled in.) */

import { html } from "lit";
import { words } from "../../words/index.js";
import { Part, given } from "../part.js";
import { options } from "../parts/options.js";
import { saveDock } from "../parts/save_dock.js";
import { top } from "../parts/top.js";
import { heading } from "../record_words.js";
import { clock } from "../times.js";

const MOST = 12;

export class CorrectVisit extends Part {
  static properties = {
    state: { attribute: false },
    record: { attribute: false },
    save: { attribute: false },
    hide: { attribute: false },
    place: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {any} */ this.record = given();
    /** @type {(body: any) => void} */ this.save = () => {};
    /** @type {() => void} */ this.hide = () => {};
    /** @type {string|null} */ this.place = null;
  }

  willUpdate() {
    this.place ??= this.record.body.place;
  }

  render() {
    const { correct: say, event } = words();
    const meta = `${heading(this.state, this.record)} ${clock(new Date(this.record.body.started_at))}`;
    const choices = this.state.rows.slice(0, MOST).map((row) => ({ value: row.code, label: row.name }));
    return html`${top(this.state, { title: say.title, meta, back: "mine" })}
      <main class="low form">
        <p class="gutter">${say.text}</p>
        ${options({
          name: "place", legend: event.where, choices, columns: "two", chosen: this.place,
          pick: (value) => {
            this.place = value;
          },
        })}
        ${hideButton(this.hide)}
      </main>
      <footer class="dock">
        ${saveDock({ label: say.save, brake: null, save: () => this.save({ ...this.record.body, place: this.place }) })}
      </footer>`;
  }
}

/** Hidden from the log, never deleted. @param {() => void} hide */
export const hideButton = (hide) =>
  html`<div class="gutter">
    <button class="button wide" type="button" @click=${hide}>${words().correct.withdraw}</button>
  </div>`;

customElements.define("fieldlog-correct-visit", CorrectVisit);
