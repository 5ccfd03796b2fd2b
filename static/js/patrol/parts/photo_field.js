/** Photos of things, taken for an event: the camera's button, if the organisation lets it be, what it may show, and the pictures with a way to remove each. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { PHOTOS_MAX, asBlob } from "../photo.js";
import { icon } from "./icon.js";

/** @typedef {import("../photo.js").Photo} Photo */

/** @type {WeakMap<Photo, string>} an address for each picture shown, for as long as the picture is held */
const addresses = new WeakMap();

/**
 * @param {{photos: Photo[], allowed: boolean, refused: boolean, add: (file: File) => void, remove: (photo: Photo) => void}} field
 *   allowed: more may be taken; refused: the last one was no picture
 */
export function photoField({ photos, allowed, refused, add, remove }) {
  const { photo: say } = words();
  if (!allowed && !photos.length) return html`<p class="meta gutter">${say.off}</p>`;
  const picked = (/** @type {any} */ event) => {
    for (const file of event.target.files) add(file);
    event.target.value = "";
  };
  return html`<fieldset class="group photos">
    <legend>${say.label}</legend>
    ${photos.length
      ? html`<ul class="thumbs">${photos.map((photo, index) => thumb(photo, index, () => remove(photo)))}</ul>`
      : nothing}
    ${allowed && photos.length < PHOTOS_MAX
      ? html`<label class="button pick">
          <input type="file" accept="image/*" capture="environment" aria-describedby="photo-hint" @change=${picked} />
          ${icon("camera")}<span>${photos.length ? say.another : say.take}</span>
        </label>`
      : nothing}
    <p class="meta" id="photo-hint">${allowed ? say.hint : say.off}</p>
    <p class="meta" role="alert">${refused ? say.refused : nothing}</p>
  </fieldset>`;
}

/** @param {Photo} photo @param {number} index @param {() => void} remove */
const thumb = (photo, index, remove) =>
  html`<li>
    <img src=${addressOf(photo)} width=${photo.width} height=${photo.height} alt=${words().photo.nth(index + 1)} />
    <button class="button" type="button" @click=${remove} aria-label=${words().photo.removeNth(index + 1)}>
      ${icon("close")}${words().photo.remove}
    </button>
  </li>`;

/** @param {Photo} photo */
function addressOf(photo) {
  const address = addresses.get(photo) ?? URL.createObjectURL(asBlob(photo));
  addresses.set(photo, address);
  return address;
}

/** The picture is no longer shown. @param {Photo} photo */
export function forget(photo) {
  const address = addresses.get(photo);
  if (address) URL.revokeObjectURL(address);
  addresses.delete(photo);
}
