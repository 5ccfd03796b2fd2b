/** A promise counted in lamps: lit = delivered, ring = owed, ring with core = being delivered now, dotted = not fetched. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";

const MOST = 6;

/** @typedef {import("../places.js").Planned} Planned */

/**
 * Lamps with their words.
 * @param {Planned|null} plan null: not asked for this week
 * @param {{fetched: boolean, now?: boolean}} known  fetched: a plan has come to this phone; now: a visit runs here
 */
export function promise(plan, { fetched, now = false }) {
  const { now: say } = words();
  if (!fetched) return line(["unknown", "unknown"], say.notFetched);
  if (!plan?.target) return nothing;
  const reached = plan.delivered + (now ? 1 : 0);
  const text = now ? say.becomes(reached, plan.target) : say.delivered(plan.delivered, plan.target);
  return line(lampKinds(plan.delivered, plan.target, now), text);
}

/** @param {number} delivered @param {number} target @param {boolean} now @returns {string[]} at most six lamps */
export function lampKinds(delivered, target, now) {
  const kinds = Array.from({ length: Math.max(target, delivered + (now ? 1 : 0)) }, (_, index) => {
    if (index < delivered) return "lit";
    return now && index === delivered ? "now" : "owed";
  });
  return kinds.length <= MOST ? kinds : [];
}

/** @param {string[]} kinds @param {string} text */
const line = (kinds, text) =>
  html`<p class="promise">
    ${kinds.length ? html`<span class="lamps" aria-hidden="true">${kinds.map((kind) => html`<i class=${kind}></i>`)}</span>` : nothing}
    <span>${text}</span>
  </p>`;
