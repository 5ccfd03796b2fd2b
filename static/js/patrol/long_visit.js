/** A visit that goes on and on: asked about once after 45 minutes, ended by itself after four hours. Pure. */

const MINUTE = 60_000;
const ASK_MS = 45 * MINUTE;
const END_MS = 4 * 60 * MINUTE;
/** So long is told that a visit ended by itself: until the next shift. */
const TOLD_MS = 24 * 60 * MINUTE;

/** When a running visit is to end by itself, if it is time. @param {any} running @param {Date} now @returns {Date|null} */
export function endsItself(running, now) {
  if (!running) return null;
  const end = +new Date(running.body.started_at) + END_MS;
  return end <= +now ? new Date(end) : null;
}

/** @param {any} running @param {Date} now */
export const isLong = (running, now) => Boolean(running) && +now - +new Date(running.body.started_at) >= ASK_MS;

/** The latest own visit that ended by itself, not by the next one's start. @param {any[]} records @param {Date} now @returns {any} */
export const endedItself = (records, now) =>
  records.find(
    ({ t, withdrawn, body }) =>
      t === "visit" && !withdrawn && body.ended_by === "auto" && lasted(body) === END_MS && +now - +new Date(body.ended_at) < TOLD_MS,
  ) ?? null;

/** @param {any} body */
const lasted = (body) => +new Date(body.ended_at) - +new Date(body.started_at);
