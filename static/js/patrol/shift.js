/** The shift as its author's own records tell it: what was written without a long pause, up to now. Pure. */

const PAUSE_MS = 6 * 3_600_000;

/**
 * @param {any[]} records own visits and events
 * @param {Date} now
 * @returns {{from: Date, to: Date, visits: number, events: number, all: number, waiting: number}|null} null: none; waiting: not at the centre
 */
export function shiftOf(records, now) {
  const standing = records.filter((one) => !one.withdrawn).sort((a, b) => +begins(b) - +begins(a));
  let from = now;
  /** @type {any[]} */ const some = [];
  for (const one of standing) {
    if (+from - +ends(one) > PAUSE_MS) break;
    from = begins(one) < from ? begins(one) : from;
    some.push(one);
  }
  if (!some.length) return null;
  const of = (/** @type {string} */ t) => some.filter((one) => one.t === t).length;
  const to = new Date(Math.max(...some.map((one) => +ends(one))));
  return { from, to, visits: of("visit"), events: of("event"), all: some.length, waiting: some.filter((one) => one.state !== "centre").length };
}

/** @param {any} one */
const begins = ({ body, at }) => new Date(body.started_at ?? body.from ?? at);
/** @param {any} one */
const ends = (one) => new Date(one.body.ended_at ?? begins(one));
