/** A visit that was never started: where, how long, saved. Marked as filled in afterwards. */

import { html } from "lit";
import { words } from "../../words/index.js";
import { Draft } from "../draft.js";
import { Part, given } from "../part.js";
import "../parts/place_options.js";
import { top } from "../parts/top.js";

const LENGTHS = [5, 10, 15, 20];
const MOST = 6;

export class JustHere extends Part {
  static properties = { state: { attribute: false }, save: { attribute: false }, place: { state: true } };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {(place: string|null, minutes: number, form: import("../actions.js").Form) => void} */ this.save = () => {};
    /** @type {string|null} as chosen here; null: not chosen yet */ this.place = null;
    this.draft = new Draft(this, () => "just-here");
  }

  worthKeeping() {
    return this.place && { place: this.place };
  }

  /** @param {any} kept */
  takeUp({ place }) {
    this.place = place;
    return true;
  }

  render() {
    const { justHere: say } = words();
    const { today, rows } = this.state;
    const chosen = this.place ?? today[0]?.code ?? null;
    const others = rows.filter(({ code }) => !today.some((row) => row.code === code));
    return html`${top(this.state, { title: say.title, back: "now" })}
      <main class="low form">
        <fieldlog-place-options
          .rows=${[...today, ...others]} .most=${MOST} .columns=${"one"} .chosen=${chosen}
          .pick=${(/** @type {string} */ code) => (this.place = code)}
        ></fieldlog-place-options>
      </main>
      <footer class="dock">
        <p class="label" id="how-long">${say.how}</p>
        <div class="options four" role="group" aria-labelledby="how-long">
          ${LENGTHS.map(
            (length) => html`<button class="button" type="button" @click=${() => this.save(chosen, length, { draft: this.draft })}>
              ${say.minutes(length)}
            </button>`,
          )}
        </div>
      </footer>`;
  }
}

customElements.define("fieldlog-just-here", JustHere);
