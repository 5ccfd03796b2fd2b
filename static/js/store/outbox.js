/**
 * What the sender needs of the store: the logs that lack something, their bytes, and where to write down
 * what was learned from an answer. Knows nothing of HTTP.
 */
import { digest as digestOf } from "../sync/chain.js";
import { APP } from "./app.js";
import { setAside } from "./aside.js";
import { announce } from "./changes.js";
import { reading, writing } from "./database.js";
import { hashAt } from "./logs.js";
import { centreHas } from "./receipts.js";
import { allOpen, isShut } from "./sealing.js";
import { isInChain, isLog, readable } from "./sound.js";

/** @typedef {import("./database.js").Database} Database */
/** @typedef {import("./logs.js").LogRow} LogRow */

/** @param {Database} db @returns {Promise<LogRow[]>} logs that still may be sent, oldest first */
export function openLogs(db) {
  return reading(db, () => db.table("logs").orderBy("order").filter((log) => log.state === "open" && isLog(log)).toArray());
}

/** @param {Database} db @returns {Promise<LogRow[]>} those of which the centre has not signed for all */
export async function unsignedLogs(db) {
  return (await openLogs(db)).filter((log) => centreHas(log) < log.seq);
}

/** @param {Database} db @param {LogRow} row @returns {import("../sync/sender.js").Source} */
export function source(db, row) {
  return {
    log: row.log,
    base: row.base,
    head: row.seq,
    unsent: row.seq - centreHas(row),
    app: APP,
    hashAt: (seq) => hashAt(db, row.log, seq),
    lines: (first, most, room) => lines(db, row.log, first, most, room),
  };
}

/**
 * An unbroken run of a log. A payload that can't be read goes as its digest; where the chain can't be told
 * any more, the log must be begun anew.
 *
 * @param {Database} db
 * @param {string} log
 * @param {number} first
 * @param {number} most
 * @param {number} room bytes, newlines included
 * @returns {Promise<import("../sync/messages.js").Line[]>} none if not even one fits; rejects with Broken
 */
async function lines(db, log, first, most, room) {
  const { rows: stored } = await reading(db, () => readable(db, "entries", [log, first], [log, first + most - 1]));
  const rows = await allOpen("entries", stored);
  if (rows.some(isShut)) return [];
  if (rows[0]?.seq !== first) throw new Broken(log);
  const digests = await Promise.all(rows.map(({ payload }) => (isBytes(payload) ? digestOf(payload) : null)));
  const taken = [];
  for (const [i, { seq, digest, payload }] of rows.entries()) {
    const line = digests[i] === digest ? { digest, payload } : await withoutBytes(db, rows[i]);
    room -= (line.payload?.length ?? 65) + 1;
    if (room < 0 || seq !== first + taken.length) break;
    taken.push(line);
  }
  return taken;
}

/**
 * What was damaged is set aside as it is, and told of by its digest alone: never sent as if it were true.
 *
 * @param {Database} db
 * @param {import("./logs.js").Entry} row
 */
async function withoutBytes(db, row) {
  const { log, seq, digest, payload } = row;
  if (!(await isInChain(await hashAt(db, log, seq - 1), row))) throw new Broken(log);
  if (payload !== null) {
    await setAside(db, [{ table: "entries", key: [log, seq], row, why: "unreadable" }]);
    await writing(db, ["entries", "records"], async () => {
      await db.table("entries").update([log, seq], { payload: null, sealed: undefined });
      await db.table("records").where("[log+seq]").equals([log, seq]).modify({ aside: "unreadable" });
    });
  }
  return { digest, payload: null };
}

/** @param {any} value @returns {value is Uint8Array<ArrayBuffer>} */
function isBytes(value) {
  return value instanceof Uint8Array;
}

/** An entry of the phone's own log is missing or beyond telling: the log must be begun anew with what is held. */
export class Broken extends Error {
  /** @param {string} log */
  constructor(log) {
    super(`log ${log} has a hole`);
    this.log = log;
  }
}

/**
 * @param {Database} db
 * @param {{store: string, inc: string}} home
 * @param {LogRow} row
 * @returns {Promise<number>} what the store is believed to have of a log
 */
export async function knownHave(db, { store, inc }, row) {
  return (await db.table("known").get([store, inc, row.log]))?.have ?? row.base;
}

/**
 * Writes down what one answer taught about a log: what the store has of our chain, what stands in
 * quarantine, the centre's receipt where it was verified and fits our chain.
 *
 * @param {Database} db
 * @param {string} log
 * @param {{home: {store: string, inc: string}, role: "node" | "centre", have: number, hash: string,
 *   q: import("../sync/messages.js").Quarantined[], up: import("../sync/messages.js").Up | null}} learned
 */
export async function learn(db, log, { home, role, have, hash, q, up }) {
  await writing(db, ["logs", "known"], async () => {
    const row = await db.table("logs").get(log);
    /** @type {Partial<LogRow>} */
    const change = { q, mismatches: 0, held: { ...home, have } };
    await db.table("known").put({ ...home, log, have, hash });
    // The centre itself has less than it signed for: it was restored, and what it signed is void.
    if (role === "centre" && have < (row.up?.have ?? 0)) Object.assign(row, { up: null, receipts: [] });
    if (up && outranks(up, row.up)) Object.assign(row, { up, receipts: withReceipt(row, up) });
    Object.assign(change, { up: row.up, receipts: row.receipts });
    await db.table("logs").update(log, change);
  });
  announce();
}

/** The store found that what we sent does not fold. @param {Database} db @param {string} log */
export async function countMismatch(db, log) {
  await writing(db, ["logs"], () => db.table("logs").where({ log }).modify((row) => void (row.mismatches += 1)));
}

/**
 * The centre's later word counts, also when it has less than before: it was restored. A larger receipt of
 * the same life counts too, whatever its clock says, since an older answer may come late.
 *
 * @param {import("../sync/messages.js").Up} up
 * @param {import("../sync/messages.js").Up | null} held
 */
function outranks(up, held) {
  if (!held) return true;
  const isMore = up.inc === held.inc && up.have > held.have;
  return isMore || Date.parse(up.at) >= Date.parse(held.at);
}

/** What a restored centre signed before is void. @param {LogRow} row @param {import("../sync/messages.js").Up} up @returns {LogRow["receipts"]} */
function withReceipt(row, up) {
  const valid = row.up?.inc === up.inc ? row.receipts.filter((one) => one.have <= up.have) : [];
  if (valid.at(-1)?.have === up.have) return valid;
  return [...valid, { have: up.have, at: up.at }];
}
