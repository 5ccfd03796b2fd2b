/** Where and when the next event is placed before anyone says otherwise. Pure. */

/** @typedef {import("./model.js").State} State */
/** @typedef {import("./model.js").Where} Where */

const RECENT_MS = 2 * 60 * 60_000;
const NEAR_M = 300;

/** As chosen; else the running visit; else a place that is near or was just left; else no place. @param {State} state @returns {Where} */
export function eventWhere(state) {
  if (state.where) return state.where;
  return { place: state.running ? state.running.body.place : likelyPlace(state), from: state.now, to: null };
}

/** @param {State} state */
function likelyPlace(state) {
  const [nearest] = state.rows;
  if (nearest?.distance != null && nearest.distance <= NEAR_M) return nearest.code;
  const latest = state.records.find((one) => one.t === "visit" && !one.withdrawn);
  const ended = latest && new Date(latest.body.ended_at ?? latest.body.started_at);
  return ended && +state.now - +ended < RECENT_MS ? latest.body.place : null;
}

/** From 22:00 last evening until 06:00 or now: for what is found in the morning. @param {Date} now */
export function lastNight(now) {
  const to = new Date(now.getFullYear(), now.getMonth(), now.getDate(), 6);
  const from = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1, 22);
  return { from, to: to < now ? to : now };
}
