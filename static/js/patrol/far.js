/** The soft check of the place: whether the visit's own position lies clearly outside it. Pure; blocks nothing. */

import { metres } from "./places.js";

const SLACK_M = 80;

/**
 * How far outside, in metres, or null where there is nothing to ask: no position, no known place, or near enough.
 *
 * @param {any} visit its body
 * @param {import("./places.js").Row|undefined} place
 */
export function farFrom({ point }, place) {
  if (!point || place?.lat == null || place.lon == null) return null;
  const outside = metres(point, place) - (place.radius_m ?? 0);
  return outside > (point.acc_m ?? 0) + SLACK_M ? outside : null;
}
