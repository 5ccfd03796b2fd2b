/**
 * A visit or an event as it now stands, from its record and all that speaks of it: a function of the set,
 * never of the order. Twin of sync/standing.py, as far as one author's phone can see. Pure.
 */

/** @typedef {import("./records.js").RecordRow} Row */

const STRENGTH = ["tap", "backfill", "auto"];
const FROM_LEAVE = ["ended_at", "ended_by", "climate", "contacts", "nothing_observed", "note"];

/**
 * @typedef {object} Standing
 * @property {Record<string, any>} body whole: the last amendment, with the leave merged in
 * @property {string} seen digest that a further amendment names as its base
 * @property {string | null} leave rid of the leave that ended it
 * @property {boolean} amended
 * @property {boolean} withdrawn
 * @property {boolean} conflict
 */

/**
 * @param {Row} founder
 * @param {Row[]} family whatever speaks of it, and the withdrawals of that
 * @returns {Standing}
 */
export function standing(founder, family) {
  const gone = withdrawn([founder, ...family]);
  const rest = family.filter((row) => !gone.has(row.rid));
  const { body, seen, torn } = amended(founder, rest);
  const end = founder.t === "visit" ? ended(body, rest) : { body, leave: null, torn: false };
  return {
    body: end.body,
    seen,
    leave: end.leave,
    amended: seen !== founder.digest,
    withdrawn: gone.has(founder.rid),
    conflict: torn || end.torn,
  };
}

/** @param {Row[]} rows @returns {Set<string>} rids that their own authors took back; a withdrawal is final */
function withdrawn(rows) {
  const authors = new Map(rows.filter((row) => row.t !== "withdraw").map((row) => [row.rid, row.by]));
  const taken = rows.filter((row) => row.t === "withdraw" && authors.get(row.body.ref) === row.by);
  return new Set(taken.map((row) => row.body.ref));
}

/**
 * Follows each content to the one that amends it; two amendments of one content stop there. Who amends a
 * visit may have seen its leave, which names the same content as the visit itself.
 *
 * @param {Row} founder
 * @param {Row[]} rest
 */
function amended(founder, rest) {
  const leaves = new Set(rest.filter((row) => row.t === "leave").map((row) => row.digest));
  /** @type {Map<string, Row[]>} */
  const following = new Map();
  const fits = (/** @type {Row} */ row) => row.t === "amend" && row.by === founder.by && typeOf(row.body.body) === founder.t;
  for (const row of rest.filter(fits)) {
    const base = leaves.has(row.body.base) ? founder.digest : row.body.base;
    following.set(base, [...(following.get(base) ?? []), row]);
  }
  let { body, digest: seen } = founder;
  for (;;) {
    const next = following.get(seen) ?? [];
    // Taken out as they are followed: made-up bases could go round in a circle.
    following.delete(seen);
    if (next.length !== 1) return { body, seen, torn: next.length > 1 };
    seen = next[0].digest;
    body = next[0].body.body;
  }
}

/** @param {Record<string, any>} body which type a whole new body is of */
function typeOf(body) {
  return "category" in body ? "event" : "visit";
}

/**
 * The strongest end merged in. An end that the body itself carries was written knowing the leaves.
 *
 * @param {Record<string, any>} body
 * @param {Row[]} rest
 */
function ended(body, rest) {
  const leaves = rest.filter((row) => row.t === "leave");
  if ((body.ended_at ?? null) !== null || !leaves.length) return { body, leave: null, torn: false };
  const strength = (/** @type {Row} */ row) => STRENGTH.indexOf(row.body.ended_by);
  const strongest = Math.min(...leaves.map(strength));
  const rivals = leaves.filter((row) => strength(row) === strongest).sort((a, b) => (a.rid < b.rid ? -1 : 1));
  const [leave] = rivals;
  const said = Object.fromEntries(FROM_LEAVE.map((key) => [key, leave.body[key] ?? null]));
  return { body: { ...body, ...said }, leave: leave.rid, torn: strongest === 0 && rivals.length > 1 };
}
