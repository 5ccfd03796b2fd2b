/**
 * The rows that lists on the phone show: one a record, found by rid or by what it speaks of.
 */

/** Types that speak of another record; the rest speak of themselves. */
const REFERRING = new Set(["leave", "amend", "withdraw", "confirm", "resolve"]);

/**
 * @typedef {object} RecordRow
 * @property {number} [n] the order in which the phone wrote it
 * @property {string} rid
 * @property {string} subject rid of the record that it speaks of, or its own
 * @property {string} t
 * @property {string} at
 * @property {string} by
 * @property {string} org
 * @property {Record<string, any>} body
 * @property {string} log
 * @property {number} seq
 * @property {string} digest
 * @property {string} [aside] why it stays here for good, such as "too_large"
 */

/**
 * @param {import("./payload.js").Written} record
 * @param {import("./logs.js").Entry} entry
 * @returns {RecordRow}
 */
export function recordRow({ rid, t, at, by, org, body }, { log, seq, digest }) {
  const subject = REFERRING.has(t) ? body.ref : rid;
  return { rid, subject, t, at, by, org, body, log, seq, digest };
}
