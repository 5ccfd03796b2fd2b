/** Which tile a kind of event belongs to, and what people call it. Knows the words, not the screen. */

import { language } from "../words/index.js";

/** @typedef {import("./model.js").State} State */

/** A category as people call it; an unknown code stands for itself. @param {State} state @param {string} code */
export function categoryName(state, code) {
  const kind = tileOf(state, code)?.children.find((/** @type {any} */ one) => one.code === code);
  return kind?.[language()] ?? code;
}

/** The tile a code belongs to. @param {State} state @param {string} code "ORD" or "ORD.samling" */
export const tileOf = (state, code) => state.tiles?.find((tile) => tile.code === code.split(".")[0]);
