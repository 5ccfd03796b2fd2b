/** Soft hyphens in long words, so that narrow tiles break them where a reader would. */

import { words } from "../../words/index.js";

const SOFT = "\u00ad";

/** @param {string} text */
export const soft = (text) =>
  words().breaks.reduce((soFar, broken) => soFar.replaceAll(broken.replace("-", ""), broken.replace("-", SOFT)), text);
