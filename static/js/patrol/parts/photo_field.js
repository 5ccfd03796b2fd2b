/** Photos of things, taken for an event: the camera's button, if the organisation lets it be, what it may show, and the pictures with a way to remove each. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { PHOTOS_MAX, asBlob, shrink } from "../photo.js";
import { icon } from "./icon.js";

/** @typedef {import("../photo.js").Photo} Photo */

/** A form's photos, made small one after the other. */
export class Photos {
  /** @type {Photo[]} */ #all = [];
  /** @type {Map<Photo, string>} an address for each picture shown, for as long as the picture is held */ #addresses = new Map();
  /** how many are still being made small */ #coming = 0;
  /** @type {Promise<void>} */ #come = Promise.resolve();
  /** the last one was no picture */ #refused = false;

  /** @param {import("lit").LitElement} form */
  constructor(form) {
    this.form = form;
  }

  /** Another list after each change. */
  get all() {
    return this.#all;
  }

  set all(photos) {
    for (const [photo, address] of this.#addresses) {
      if (photos.includes(photo)) continue;
      URL.revokeObjectURL(address);
      this.#addresses.delete(photo);
    }
    this.#all = photos;
    this.form.requestUpdate();
  }

  /** As they are stored: a hand quick to save is waited for, or the picture just taken would stay out. */
  async blobs() {
    await this.#come;
    return this.#all.map(asBlob);
  }

  /** @param {boolean} allowed more may be taken */
  field(allowed) {
    const { photo: say } = words();
    const all = this.#all;
    if (!allowed && !all.length) return html`<p class="meta gutter">${say.off}</p>`;
    return html`<fieldset class="group photos">
      <legend>${say.label}</legend>
      ${all.length ? html`<ul class="thumbs">${all.map((photo, index) => this.#thumb(photo, index))}</ul>` : nothing}
      ${allowed && all.length + this.#coming < PHOTOS_MAX
        ? html`<label class="button pick">
            <input type="file" accept="image/*" capture="environment" aria-describedby="photo-hint" @change=${this.#picked} />
            ${icon("camera")}<span>${all.length ? say.another : say.take}</span>
          </label>`
        : nothing}
      <p class="meta" id="photo-hint">${allowed ? say.hint : say.off}</p>
      <p class="meta" role="alert">${this.#refused ? say.refused : this.#coming ? say.coming : nothing}</p>
    </fieldset>`;
  }

  /** @param {Photo} photo @param {number} index */
  #thumb(photo, index) {
    const { photo: say } = words();
    const address = this.#addresses.get(photo) ?? URL.createObjectURL(asBlob(photo));
    this.#addresses.set(photo, address);
    const remove = () => (this.all = this.#all.filter((one) => one !== photo));
    return html`<li>
      <img src=${address} width=${photo.width} height=${photo.height} alt=${say.nth(index + 1)} />
      <button class="button" type="button" @click=${remove} aria-label=${say.removeNth(index + 1)}>${icon("close")}${say.remove}</button>
    </li>`;
  }

  /** @param {any} event */
  #picked = ({ target }) => {
    const [file] = target.files;
    target.value = "";
    if (!file) return;
    this.#coming += 1;
    this.#refused = false;
    this.#come = this.#come.then(() => this.#take(file));
    this.form.requestUpdate();
  };

  /** @param {File} file */
  async #take(file) {
    const made = await shrink(file).catch(() => null);
    this.#coming -= 1;
    this.#refused = !made;
    this.all = made ? [...this.#all, made] : this.#all;
  }
}
