/** A fault at the place in one more tap: the kind saves it, with the photo if one was taken first. */

import { html, nothing } from "lit";
import { language, words } from "../../words/index.js";
import { faults } from "../conditions.js";
import { Draft } from "../draft.js";
import { Part, given } from "../part.js";
import { runningBar } from "../parts/nav.js";
import { Photos } from "../parts/photo_field.js";
import { soft } from "../parts/soft.js";
import { top } from "../parts/top.js";
import { clock } from "../times.js";
import { eventWhere } from "../where.js";

const UNSAID = { people: null, severity: 1, ages: [], handled: [], note: "", source: "own" };

export class FaultForm extends Part {
  static properties = { state: { attribute: false }, save: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {(answers: any, where: import("../model.js").Where, form: import("../actions.js").Form) => void} */ this.save = () => {};
    this.photos = new Photos(this);
    this.draft = new Draft(this, () => "fault");
  }

  worthKeeping() {
    return this.photos.all.length ? { place: eventWhere(this.state).place } : null;
  }

  /** A photo of another place stays out. @param {any} kept @param {import("../photo.js").Photo[]} photos */
  takeUp({ place }, photos) {
    if (place !== eventWhere(this.state).place) return false;
    this.photos.all = photos;
    return true;
  }

  render() {
    const { conditions: say } = words();
    const where = eventWhere(this.state);
    const kinds = faults(this.state.tiles ?? []);
    return html`${top(this.state, { title: say.fault, meta: `${this.state.placeName(where.place)}, ${clock(where.from)}`, back: "now" })}
      ${runningBar(this.state, "head")}
      <main class="low form">
        ${this.photos.field(this.state.photos)}
        <div class="group" role="group" aria-labelledby="which">
          <p class="label" id="which">${kinds.length ? say.which : words().event.noCategoriesDo}</p>
          <div class="options two">
            ${kinds.map((kind) => html`<button class="button" type="button" @click=${() => void this.#save(kind.code)}>${soft(kind[language()])}</button>`)}
          </div>
        </div>
        ${where.place ? nothing : html`<p class="gutter reason">${say.noPlace}</p>`}
      </main>`;
  }

  /** @param {string} category */
  async #save(category) {
    const [where, from] = [eventWhere(this.state), new Date()];
    this.save({ ...UNSAID, category }, { ...where, from }, { draft: this.draft, photos: await this.photos.blobs() });
  }
}

customElements.define("fieldlog-fault-form", FaultForm);
