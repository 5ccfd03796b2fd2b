/**
 * The note with its brakes: a personal number stops the save and shows the way out; contact data asks once.
 * What completes itself is kept by the browser for its next start, in clear: no field here does.
 */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { NOTE_MAX, noteLength, stops, warns, without } from "../note_check.js";
import { icon } from "./icon.js";

/** @typedef {import("../note_check.js").Find} Find */

/** Why a note can't be saved now. @param {string} note @returns {import("./save_dock.js").Brake|null} */
export function noteBrake(note) {
  if (stops(note).length) return { say: words().note.locked, at: "#note-brake .button" };
  return noteLength(note) > NOTE_MAX ? { say: words().note.tooLong, at: "#note" } : null;
}

/**
 * @param {{note: string, kept: string[], state: import("../model.js").State, write: (note: string) => void, keep: (text: string) => void}} field
 *   kept: texts the author has looked at and wants to keep; a known place's name is none of a person's
 */
export function noteField({ note, kept, state, write, keep }) {
  const { note: say } = words();
  const [stop] = stops(note);
  const look = warns(note).find(({ text }) => !kept.includes(text) && !state.places?.some((place) => place.name.includes(text)));
  return html`<div class="note">
    <label for="note">${say.label}</label>
    <p class="meta" id="note-hint">${say.hint}</p>
    <textarea
      id="note"
      rows="4"
      autocomplete="off"
      aria-describedby="note-hint note-count note-brake"
      aria-invalid=${stop ? "true" : "false"}
      .value=${note}
      @input=${(/** @type {any} */ event) => write(event.target.value)}
    ></textarea>
    <p class="meta count" id="note-count">${say.count(noteLength(note))}</p>
    <div id="note-brake" aria-live="polite">
      ${stop ? stopped(stop, () => write(without(note, stop))) : nothing}
      ${!stop && look ? asked(look, () => write(without(note, look, say.instead[look.kind])), () => keep(look.text)) : nothing}
    </div>
  </div>`;
}

/** @param {Find} find @param {() => void} remove */
const stopped = (find, remove) =>
  html`<div class="find stops">
    ${icon("stop", "receipt")}
    <div class="grow">
      <p class="name">${words().note.stopTitle}</p>
      <p class="meta">${words().note.stopText(find.text)}</p>
      <button class="button lit small" type="button" @click=${remove}>${words().note.stopDo}</button>
    </div>
  </div>`;

/** @param {Find} find @param {() => void} remove @param {() => void} keep */
const asked = (find, remove, keep) =>
  html`<div class="find">
    ${icon("warn", "receipt")}
    <div class="grow">
      <p class="name">${words().note.lookTitle[find.kind]}: ${find.text}</p>
      <div class="row">
        <button class="button" type="button" @click=${remove}>${words().note.lookDo(find.kind)}</button>
        <button class="button" type="button" @click=${keep}>${words().note.keep}</button>
      </div>
    </div>
  </div>`;
