/** A note before it is kept: how long it may be, and what is done about what the brake finds. Pure. */

export { stops, warns } from "./brake.js";

/** @typedef {import("./brake.js").Find} Find */

/** Longest note, in code points after NFC. */
export const NOTE_MAX = 280;

/** @param {string} note */
export const noteLength = (note) => [...note.normalize("NFC")].length;

/** The note with `instead` in the place of one find, spaces closed up. @param {string} note @param {Find} find @param {string} [instead] */
export const without = (note, find, instead = "") =>
  (note.slice(0, find.index) + instead + note.slice(find.index + find.text.length)).replace(/ {2,}/g, " ").trim();
