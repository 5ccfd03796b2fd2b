/**
 * What the pages read: own records as they now stand, each with how far it has come. Writes nothing.
 */
import { database, reading, recall } from "./database.js";
import { stillWaiting } from "./photos.js";
import { centreHas, reached, stateOf } from "./receipts.js";
import { allOpen } from "./sealing.js";
import { isLog, isRecord } from "./sound.js";
import { standing } from "./standing.js";

export { changed } from "./changes.js";

const FOUNDING = new Set(["visit", "event", "confirm", "resolve"]);

/** @typedef {import("./records.js").RecordRow} Row */

/**
 * @typedef {object} Mine a visit or an event of one's own, or what one said of a standing condition
 * @property {string} rid
 * @property {"visit" | "event" | "confirm" | "resolve"} t
 * @property {string} at
 * @property {Record<string, any>} body as it now stands: amended, and with what its leave said
 * @property {string} seen SHA-256 of the payload that stands: the `base` of an amendment
 * @property {string | null} leave rid of the leave that stands: the `ref` to undo it
 * @property {number} seq
 * @property {string} log
 * @property {string | null} changedAt when its author last corrected it or took it back, by this phone's clock
 * @property {"phone" | "node" | "centre" | "needs"} state the least of the record and all that speaks of it
 * @property {string | null} code why it needs its author
 * @property {string | null} message
 * @property {boolean} amended
 * @property {boolean} withdrawn
 * @property {boolean} conflict two taps, or two amendments of one content
 * @property {{all: number, waiting: number}} photos waiting: those which the centre has not signed for
 * @property {{founder: Row, family: Row[], logs: Map<string, import("./logs.js").LogRow>}} from what that was worked out from
 */

/**
 * @param {number} [limit]
 * @param {import("./database.js").Database} [db]
 * @returns {Promise<Mine[]>} newest first
 */
export async function mine(limit = 50, db = database()) {
  const founders = await foundersOf(db, limit);
  const [families, logs] = await Promise.all([
    familiesOf(db, founders),
    reading(db, () => db.table("logs").filter(isLog).toArray()),
  ]);
  const named = new Map(logs.map((log) => [log.log, log]));
  const shown = founders.map((founder) => withState(founder, families.get(founder.rid) ?? [], named));
  return withPhotos(db, shown);
}

/**
 * The list with one row more that has just been stored: what `mine` would give, without reading anything.
 *
 * @param {Mine[]} shown
 * @param {Row} row
 * @returns {Mine[]} newest first
 */
export function withWritten(shown, row) {
  const isOf = (/** @type {Mine} */ { from }) => [from.founder, ...from.family].some((one) => one.rid === row.subject);
  const known = shown.map((one) => {
    const { founder, family, logs } = one.from;
    return isOf(one) ? { ...one, ...withState(founder, [...family, row], logs) } : one;
  });
  if (!isFounder(row)) return known;
  const photos = (row.body.blobs ?? []).length;
  return [{ ...withState(row, [], shown[0]?.from.logs ?? new Map()), photos: { all: photos, waiting: photos } }, ...known];
}

/**
 * @param {import("./database.js").Database} [db]
 * @returns {Promise<Mine | null>} the latest visit that has not ended
 */
export async function running(db = database()) {
  const recent = await mine(50, db);
  return recent.find(({ t, withdrawn, body }) => t === "visit" && !withdrawn && !body.ended_at) ?? null;
}

/**
 * @param {import("./database.js").Database} [db]
 * @returns {Promise<number>} records that lack the centre's receipt
 */
export async function unsentCount(db = database()) {
  let count = 0;
  for (const log of await reading(db, () => db.table("logs").filter(isLog).toArray())) {
    count += await db.table("records").where("[log+seq]").between([log.log, centreHas(log) + 1], [log.log, Infinity]).count();
  }
  return count;
}

/**
 * The latest of one's own that stand by themselves. Whose and what they are is known once they are opened; what is
 * opened beside them is mostly their ends, which are wanted next and are opened once.
 *
 * @param {import("./database.js").Database} db
 * @param {number} limit
 * @returns {Promise<Row[]>}
 */
async function foundersOf(db, limit) {
  const author = (await recall(db, "profile"))?.account;
  const isOwn = (/** @type {Row} */ row) => isFounder(row) && row.by === author && isRecord(row);
  const older = (/** @type {number} */ n) => db.table("records").where(":id").below(n).reverse();
  /** @type {Row[]} */
  const found = [];
  for (let below = Infinity; found.length < limit; ) {
    const some = await reading(db, () => older(below).limit(limit).toArray());
    if (!some.length) break;
    below = some[some.length - 1].n;
    found.push(...(await allOpen("records", some)).filter(isOwn));
  }
  return found.slice(0, limit);
}

/** What stands in the list by itself: also a word about another's record, such as that a lamp is mended. @param {Row} row */
function isFounder(row) {
  return FOUNDING.has(row.t);
}

/**
 * What speaks of each founder, and what takes back what speaks of it (an undone leave).
 *
 * @param {import("./database.js").Database} db
 * @param {Row[]} founders
 */
async function familiesOf(db, founders) {
  const spokenOf = async (/** @type {Row[]} */ rows) => {
    const rids = rows.map((row) => row.rid);
    const stored = await reading(db, () => db.table("records").where("subject").anyOf(rids).toArray());
    return (await allOpen("records", stored)).filter(isRecord);
  };
  const spoken = await spokenOf(founders);
  const followers = spoken.filter((row) => row.rid !== row.subject);
  const undone = await spokenOf(followers);
  const founderOf = new Map(followers.map((row) => [row.rid, row.subject]));
  /** @type {Map<string, Row[]>} */
  const families = new Map();
  for (const row of new Map([...followers, ...undone].map((one) => [one.rid, one])).values()) {
    // What takes back a "fixed" is of the family of the fixed, and of the fault's.
    for (const founder of new Set([row.subject, founderOf.get(row.subject) ?? row.subject])) {
      families.set(founder, [...(families.get(founder) ?? []), row]);
    }
  }
  return families;
}

/**
 * @param {import("./database.js").Database} db
 * @param {Omit<Mine, "photos">[]} shown
 * @returns {Promise<Mine[]>}
 */
async function withPhotos(db, shown) {
  const hashes = (/** @type {Omit<Mine, "photos">} */ { body }) => (body.blobs ?? []).map((/** @type {any} */ blob) => blob.sha256);
  const waiting = await reading(db, () => stillWaiting(db, shown.flatMap(hashes)));
  return shown.map((one) => {
    const all = hashes(one);
    return { ...one, photos: { all: all.length, waiting: all.filter((/** @type {string} */ each) => waiting.has(each)).length } };
  });
}

/**
 * @param {Row} founder
 * @param {Row[]} family
 * @param {Map<string, import("./logs.js").LogRow>} logs
 * @returns {Omit<Mine, "photos">}
 */
function withState(founder, family, logs) {
  const now = standing(founder, family);
  const own = logs.get(founder.log);
  // What its author has corrected needs its author no more, whatever the stores still say of the first words.
  const first = now.amended && own ? reached(founder, own) : stateOf(founder, own);
  const states = [first, ...family.map((row) => followerState(row, now, logs.get(row.log)))];
  const rank = ["needs", "phone", "node", "centre"];
  const worst = states.reduce((a, b) => (rank.indexOf(b.state) < rank.indexOf(a.state) ? b : a));
  const { rid, at, seq, log } = founder;
  const t = /** @type {Mine["t"]} */ (founder.t);
  const changes = family.filter((row) => row.t === "amend" || row.t === "withdraw").map((row) => row.at);
  const changedAt = changes.sort((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
  return { rid, t, at, seq, log, changedAt, ...now, ...worst, from: { founder, family, logs } };
}

/**
 * What a later correction has replaced needs its author no more either: an earlier correction, or the words of a
 * leave that the corrected visit now says itself.
 *
 * @param {Row} row
 * @param {import("./standing.js").Standing} now
 * @param {import("./logs.js").LogRow | undefined} log
 */
function followerState(row, now, log) {
  const isReplaced = now.amended && !now.conflict && (row.t === "amend" ? row.digest !== now.seen : row.t === "leave" && !now.leave);
  return isReplaced && log && !row.aside ? reached(row, log) : stateOf(row, log);
}
