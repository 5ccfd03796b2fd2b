/** The language in use, and who wants to know when it changes. Knows nothing of the DOM. */

import { en } from "./en.js";
import { sv } from "./sv.js";

/** @typedef {typeof sv} Words */

/** @type {Record<string, Words>} */
export const LANGUAGES = { sv, en };

let chosen = "sv";
const listeners = new Set();

/** The words of the chosen language. @returns {Words} */
export const words = () => LANGUAGES[chosen];

/** The chosen language's code, `sv` or `en`. */
export const language = () => chosen;

/** Speak another language at once; an unknown code changes nothing. @param {string} code */
export function speak(code) {
  if (!LANGUAGES[code] || code === chosen) return;
  chosen = code;
  for (const tell of listeners) tell();
}

/** Call `tell` at every change of language. @param {() => void} tell @returns {() => void} stop */
export function onLanguage(tell) {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
