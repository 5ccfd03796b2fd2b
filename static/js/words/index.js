/** The language in use, and who wants to know when it changes. Knows nothing of the DOM. */

import { sv } from "./sv.js";

/** @typedef {typeof sv & typeof import("./sv_rest.js").svRest & typeof import("./sv_lock.js").svLock & typeof import("./sv_map.js").svMap} Words */

/** Every language by its own name. Swedish comes with the app; the others when they are asked for. */
export const LANGUAGES = { sv: "Svenska", en: "English" };

/** @type {Record<string, () => Promise<Words>>} */
const LOADERS = { sv: async () => swedish, en: async () => (await import("./english.js")).english };

const swedish = /** @type {Words} */ (sv);
let wanted = "sv";
let chosen = "sv";
let spoken = swedish;
/** @type {Set<() => void>} */
const listeners = new Set();

/** The words of the spoken language. */
export const words = () => spoken;

/** The spoken language's code, `sv` or `en`. */
export const language = () => chosen;

/** The words of the screens that come after the first belong to Swedish too, once they are here. @param {Partial<Words>} more */
export function learn(more) {
  Object.assign(swedish, more);
}

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
