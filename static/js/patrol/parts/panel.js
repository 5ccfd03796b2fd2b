/** The panel on Now: lit while a visit runs, unlit with the nearest place when none does. Read only. */

import { html, nothing, svg } from "lit";
import { words } from "../../words/index.js";
import { clock, minutesBetween } from "../times.js";
import { promise } from "./lamps.js";
import { lastVisit } from "./place_row.js";

/** @typedef {import("../model.js").State} State */
/** @typedef {import("../places.js").Row} Row */

/** @param {State} state with a running visit @param {Row|undefined} row its place */
export function litPanel(state, row) {
  const { now: say } = words();
  const visit = /** @type {any} */ (state.running).body;
  const since = new Date(visit.started_at);
  return html`<section class="panel lit" aria-label=${say.runningLabel}>
    ${lampArt(true)}
    <p class="eyebrow">${say.running(clock(since))}</p>
    <h2>${state.placeName(visit.place)}</h2>
    <p class="clock"><b>${minutesBetween(since, state.now)}</b> <span>${say.minutesUnit}</span></p>
    ${row ? promise(row.plan, { fetched: state.planKnown, now: true }) : nothing}
  </section>`;
}

/** @param {State} state @param {Row} row @param {string} eyebrow why this one: nearest, last here, first */
export const unlitPanel = (state, row, eyebrow) =>
  html`<section class="panel" aria-label=${row.name}>
    ${lampArt(false)}
    <p class="eyebrow">${eyebrow}</p>
    <h2>${row.name}</h2>
    ${promise(row.plan, { fetched: state.planKnown })} ${lastVisit(state, row)}
  </section>`;

/** A street lamp; ornament only. @param {boolean} lit */
function lampArt(lit) {
  const cone = svg`<linearGradient id="cone" x1="0" y1="0" x2="0" y2="1">
      <stop class="cone-top" offset="0"></stop><stop class="cone-end" offset="1"></stop>
    </linearGradient><path class="cone" d="M36 24h28l30 112H6z" fill="url(#cone)"></path>`;
  return html`<svg class="lamp-art" viewBox="0 0 116 140" aria-hidden="true">
    ${lit ? cone : nothing}
    <path class="post" d="M104 140V34a30 30 0 0 0-30-30h-12a12 12 0 0 0-12 7"></path>
    <path class="shade" d="M34 24a16 14 0 0 1 32 0z"></path>
  </svg>`;
}
