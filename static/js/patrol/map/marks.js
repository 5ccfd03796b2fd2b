/** The places as marks of the map: lit where somebody was this week, running, owed, or not known. Pure. */

/** @typedef {import("../places.js").Row} Row */

/**
 * @param {Row[]} rows
 * @param {{running: string|null, planKnown: boolean, say: (n: number, of: number) => string}} known
 *   running: the place where a visit runs; planKnown: a plan has come to this phone; say: the promise in words
 * @returns {any} GeoJSON
 */
export function marksOf(rows, { running, planKnown, say }) {
  const placed = rows.filter((row) => row.lat != null && row.lon != null);
  return {
    type: "FeatureCollection",
    features: placed.map(({ code, name, lat, lon, radius_m, plan }) => ({
      type: "Feature",
      id: code,
      geometry: { type: "Point", coordinates: [lon, lat] },
      properties: {
        name,
        radius_m,
        shows: [shown(plan, code === running, planKnown)],
        note: plan?.target ? say(plan.delivered, plan.target) : "",
      },
    })),
  };
}

/** @param {import("../places.js").Planned|null} plan @param {boolean} isRunning @param {boolean} planKnown */
function shown(plan, isRunning, planKnown) {
  if (isRunning) return "running";
  if (!planKnown) return "unknown";
  return plan?.delivered ? "presence" : "owed";
}
