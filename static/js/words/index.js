/** The language in use, and who wants to know when it changes. Knows nothing of the DOM. */

import { sv } from "./sv.js";

/** @typedef {typeof sv} Words */

/** Every language by its own name. Swedish comes with the app; the others when they are asked for. */
export const LANGUAGES = { sv: "Svenska", en: "English" };

/** @type {Record<string, () => Promise<Words>>} */
const LOADERS = { sv: async () => sv, en: async () => (await import("./en.js")).en };

let wanted = "sv";
let chosen = "sv";
/** @type {Words} */
let spoken = sv;
/** @type {Set<() => void>} */
const listeners = new Set();

/** The words of the spoken language. */
export const words = () => spoken;

/** The spoken language's code, `sv` or `en`. */
export const language = () => chosen;

/** Speak another language; an unknown code changes nothing. @param {string} code */
export async function speak(code) {
  if (!Object.hasOwn(LOADERS, code) || code === wanted) return;
  wanted = code;
  const loaded = await LOADERS[code]();
  if (wanted !== code) return;
  chosen = code;
  spoken = loaded;
  for (const tell of listeners) tell();
}

/** Call `tell` at every change of language. @param {() => void} tell @returns {() => void} stop */
export function onLanguage(tell) {
  listeners.add(tell);
  return () => listeners.delete(tell);
}
