/**
 * Whether this tab is in a drill, and until when. A drill is another world: a database of its own and a store
 * in memory; it holds for this tab alone, and ends by itself. Knows not what goes wrong in it.
 */

import { handOver } from "./handover.js";

export const KEY = "fieldlog.drill";

/** The true time, also when a drill sets the page's clock wrong. */
export const trueNow = Date.now.bind(Date);

/** @typedef {"silent"|"slow"|"full"|"clock"} Kind */
/** @typedef {{kind: Kind, until: number}} Drill  until: ms, by the true clock */

/** @type {Kind[]} */
export const KINDS = ["silent", "slow", "full", "clock"];

/** @returns {Drill|null} */
export function drillNow() {
  try {
    const drill = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    return drill && KINDS.includes(drill.kind) && left(drill) > 0 ? drill : null;
  } catch {
    return null;
  }
}

/** Starts the app again in the real world. */
export function end() {
  handOver();
  sessionStorage.removeItem(KEY);
  location.replace("/app/");
}

/** Whole minutes left, at least 1 while it lasts. @param {Drill} drill */
export const minutesLeft = (drill) => Math.ceil(Math.max(0, left(drill)) / 60_000);

/** Ends it in time, whatever the page's clock says. @param {Drill} drill */
export function endInTime(drill) {
  setTimeout(end, Math.max(0, left(drill)));
  document.addEventListener("visibilitychange", () => {
    if (left(drill) <= 0) end();
  });
}

/** @param {Drill} drill */
const left = (drill) => drill.until - trueNow();
