/** The tabs at the foot, and the bar that keeps a running visit in sight on every other screen. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { address } from "../route.js";
import { minutesBetween } from "../times.js";
import { icon } from "./icon.js";

/** @typedef {import("../model.js").State} State */

const TABS = /** @type {const} */ ([
  ["now", "lamp"],
  ["event", "flag"],
  ["map", "map"],
  ["mine", "list"],
  ["more", "menu"],
]);

/** @param {string} here the screen shown */
export const nav = (here) =>
  html`<nav class="tabs" aria-label=${words().tabs.label}>
    ${TABS.map(
      ([screen, picture]) =>
        html`<a href=${address(screen)} aria-current=${here === screen ? "page" : nothing}>
          ${icon(picture)}${words().tabs[screen]}
        </a>`,
    )}
  </nav>`;

/** @param {State} state @param {string} [where] "head" under the top of a form */
export function runningBar(state, where = "") {
  if (!state.running) return nothing;
  const since = new Date(state.running.body.started_at);
  return html`<section class="running-room" aria-label=${words().now.runningLabel}>
    <a class="running ${where}" href=${address("now")}>
      ${icon("lamp")}
      <span>${state.placeName(state.running.body.place)}</span>
      <span class="long">${words().time.minutes(minutesBetween(since, state.now))}</span>
    </a>
  </section>`;
}
