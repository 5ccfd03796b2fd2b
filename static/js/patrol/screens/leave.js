/** Leaving with more to say: how the place feels, how many one talked with, a note. */

import { html } from "lit";
import { words } from "../../words/index.js";
import { Draft } from "../draft.js";
import { Part, given } from "../part.js";
import { draftLine } from "../parts/draft_line.js";
import { runningBar } from "../parts/nav.js";
import { noteBrake, noteField } from "../parts/note_field.js";
import { options } from "../parts/options.js";
import { saveDock } from "../parts/save_dock.js";
import { top } from "../parts/top.js";

const FRESH = { climate: null, contacts: null, note: "" };

export class LeaveForm extends Part {
  static properties = {
    state: { attribute: false },
    save: { attribute: false },
    said: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {(said: import("../bodies.js").Said, form: import("../actions.js").Form) => void} */ this.save = () => {};
    /** @type {any} */ this.said = FRESH;
    /** @type {string[]} */ this.kept = [];
    /** @type {string|undefined} the visit that it is said of */ this.of = undefined;
    this.draft = new Draft(this, () => "leave");
  }

  /** The form may have opened a moment before the next visit was known to run: that one is begun anew. */
  willUpdate() {
    const rid = this.state.running?.rid ?? this.of;
    if (this.of && rid !== this.of) this.said = FRESH;
    this.of = rid;
  }

  worthKeeping() {
    return this.said === FRESH ? null : { of: this.of, said: this.said };
  }

  /** Not what was said of another visit. @param {any} kept */
  takeUp({ of, said }) {
    if (of !== this.state.running?.rid) return false;
    this.said = said;
    return true;
  }

  render() {
    const { leave: say } = words();
    return html`${top(this.state, { title: say.title, back: "now" })} ${runningBar(this.state, "head")}
      <main class="low form">
        ${draftLine(this.draft, this.state.now, () => void this.#anew())}
        ${this.#group("climate", say.climate, say.climates, "three")}
        ${this.#group("contacts", say.contacts, say.contactBands, "four")}
        ${noteField({
          note: this.said.note, kept: this.kept, state: this.state,
          write: (note) => this.#put({ note }),
          keep: (text) => {
            this.kept = [...this.kept, text];
            this.requestUpdate();
          },
        })}
      </main>
      <footer class="dock">
        ${saveDock({ label: say.save, brake: noteBrake(this.said.note), save: () => this.#save() })}
      </footer>`;
  }

  /** @param {"climate"|"contacts"} name @param {string} legend @param {Record<string, string>} labels @param {string} columns */
  #group(name, legend, labels, columns) {
    const choices = Object.entries(labels).map(([value, label]) => ({ value, label }));
    return options({
      name, legend, choices, columns, chosen: this.said[name], pick: (value) => this.#put({ [name]: value }),
    });
  }

  #save() {
    this.save(this.#answer(), { draft: this.draft });
  }

  async #anew() {
    await this.draft.forget();
    this.said = FRESH;
  }

  /** Nothing is claimed about what was not seen: only "lugnt" says that nothing was observed. */
  #answer() {
    return { ...this.said, note: this.said.note.trim(), nothing_observed: false };
  }

  /** @param {any} some */
  #put(some) {
    this.said = { ...this.said, ...some };
  }
}

customElements.define("fieldlog-leave-form", LeaveForm);
