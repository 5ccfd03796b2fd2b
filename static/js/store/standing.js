/**
 * A visit or an event as it now stands, from its record and all that speaks of it. The phone's small
 * sister of sync/standing.py: it sees one author's records only. Pure.
 */

/** @typedef {import("./records.js").RecordRow} Row */

const STRONGEST = ["tap", "backfill", "auto"];
const FROM_LEAVE = ["ended_at", "ended_by", "climate", "contacts", "nothing_observed", "note"];

/**
 * @param {Row} founder
 * @param {Row[]} family in the order they were written
 * @returns {{body: Record<string, any>, seen: string, amended: boolean, withdrawn: boolean}}
 */
export function standing(founder, family) {
  const gone = withdrawnIn(family);
  const amendment = family.filter((row) => row.t === "amend" && !gone.has(row.rid)).at(-1);
  const body = { ...(amendment ? amendment.body.body : founder.body) };
  const leave = founder.t === "visit" && !body.ended_at ? bestLeave(family) : null;
  for (const key of leave ? FROM_LEAVE : []) body[key] = leave?.body[key] ?? null;
  const { digest: seen } = amendment ?? founder;
  return { body, seen, amended: Boolean(amendment), withdrawn: gone.has(founder.rid) };
}

/** @param {Row[]} family @returns {Row | null} the leave that stands: a tap before a backfill before auto */
export function bestLeave(family) {
  const gone = withdrawnIn(family);
  const leaves = family.filter((row) => row.t === "leave" && !gone.has(row.rid));
  const strength = (/** @type {Row} */ row) => STRONGEST.indexOf(row.body.ended_by);
  return leaves.sort((a, b) => strength(a) - strength(b))[0] ?? null;
}

/** @param {Row[]} family @returns {Set<string>} rids that were withdrawn */
function withdrawnIn(family) {
  return new Set(family.filter((row) => row.t === "withdraw").map((row) => row.body.ref));
}
