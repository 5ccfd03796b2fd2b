/** Facts in two columns, name and value; numbers of bytes as people say them. */

import { html } from "lit";
import { language } from "../../words/index.js";

/** @param {[string, any][]} rows */
export const facts = (rows) =>
  html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;

/** "4 kB", "0,4 MB" in Swedish, "9.3 GB" in English. @param {number} bytes */
export function size(bytes) {
  const [number, unit] = bytes < 1e5 ? [Math.ceil(bytes / 1e3), "kB"] : bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  const places = { maximumFractionDigits: 1 };
  return `${number.toLocaleString(language() === "sv" ? "sv-SE" : "en-GB", places)} ${unit}`;
}
