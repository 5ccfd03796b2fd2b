/** A place in a list: name, promise in lamps, who was last there, and its own button. */

import { html, nothing } from "lit";
import { language, words } from "../../words/index.js";
import { inWords } from "../places.js";
import { moment } from "../times.js";
import { promise } from "./lamps.js";

/** @typedef {import("../model.js").State} State */
/** @typedef {import("../places.js").Row} Row */

/** @param {State} state @param {Row} row @param {(row: Row) => void} here */
export const placeRow = (state, row, here) =>
  html`<li class="place">
    <div class="grow">
      <h3>${row.name}</h3>
      ${promise(row.plan, { fetched: state.planKnown })} ${lastVisit(state, row)}
    </div>
    <button class="button" type="button" @click=${() => here(row)} aria-label=${words().now.hereAt(row.name)}>
      ${words().now.here}
    </button>
  </li>`;

/** "fre–lör 20–24 · 250 m · Polisen i går 22:50, 10 min". @param {State} state @param {Row} row */
export function lastVisit(state, row) {
  const parts = [row.chosen?.when, row.distance == null ? row.district : inWords(row.distance, language()), visited(state, row)];
  const text = parts.filter(Boolean).join(" · ");
  return text ? html`<p class="meta">${text}</p>` : nothing;
}

/** @param {State} state @param {Row} row */
function visited(state, row) {
  const { now: say } = words();
  if (!state.planKnown) return say.mayBeVisited;
  if (!row.plan) return null;
  const { last } = row.plan;
  return last ? say.last(named(last.org), moment(new Date(last.at), state.now), last.minutes) : say.nobody;
}

/** An organisation's code as a name: "polisen" → "Polisen". @param {string} code */
const named = (code) => code.charAt(0).toUpperCase() + code.slice(1);
