/**
 * The logs of this phone: one open log that is written to, and older ones that were ended or forked and
 * are kept. Every log begins with its `open` entry. Knows nothing of what other records mean.
 */
import { hex, random } from "../sync/bytes.js";
import { digest, genesis, link } from "../sync/chain.js";
import { APP } from "./app.js";
import { reading, recall, writing } from "./database.js";
import { compose } from "./payload.js";
import { held } from "./ring.js";
import { allSealed, sealingKey } from "./sealing.js";

/**
 * @typedef {object} LogRow
 * @property {string} log
 * @property {number} order which log of this phone it is: 1, 2, 3 …
 * @property {string} device
 * @property {"open" | "forked"} state
 * @property {string} reason why it was begun: new, evicted, forked, restored
 * @property {{log: string, seq: number} | null} previous
 * @property {number} base highest seq that was let go
 * @property {string} baseHash
 * @property {number} seq its head
 * @property {string} head hash at its head
 * @property {number} mismatches answers in a row that found our own chain not to fold
 * @property {import("../sync/messages.js").Quarantined[]} q what the home store holds in quarantine
 * @property {{store: string, inc: string, have: number} | null} held what the home store holds of our chain
 * @property {import("../sync/messages.js").Up | null} up the centre's latest receipt that verified
 * @property {{have: number, at: string}[]} receipts verified receipts, oldest first, for the retention window
 * @property {string} [key] id of the data key that its entries are sealed with
 */

/** @typedef {{log: string, seq: number, digest: string, hash: string, payload: Uint8Array}} Entry */

/** @typedef {import("./database.js").Database} Database */

/** @param {Database} db @returns {Promise<LogRow | null>} the log that is written to, if there is one */
export async function currentLog(db) {
  return ifOpen(db, await recall(db, "log"));
}

/**
 * @param {Database} db
 * @param {{by: string, org: string}} author who opens a log if there is none
 * @returns {Promise<LogRow>} the log that is written to, made now if need be
 */
export async function openLog(db, author) {
  for (;;) {
    const current = await recall(db, "log");
    const row = await ifOpen(db, current);
    if (row) return row;
    const begun = await inSeal(db, await begin(author, await deviceOf(db), ...(await origin(db))));
    await writing(db, ["logs", "entries", "meta"], async () => {
      if ((await recall(db, "log")) === current) await putLog(db, begun);
    });
  }
}

/**
 * Prepares a log with its `open` entry; nothing is stored yet.
 *
 * @param {{by: string, org: string}} author
 * @param {string} device
 * @param {string} reason
 * @param {{log: string, seq: number} | null} previous
 * @returns {Promise<{row: LogRow, entries: Entry[]}>}
 */
export async function begin(author, device, reason, previous) {
  const log = hex(random(16));
  const zero = await genesis(log);
  const { bytes } = compose("open", { device, app: APP, reason, previous }, author);
  const one = await digest(bytes);
  const hash = await link(zero, 1, one);
  /** @type {LogRow} */
  const row = {
    log, order: 0, device, state: "open", reason, previous,
    base: 0, baseHash: zero, seq: 1, head: hash,
    mismatches: 0, q: [], held: null, up: null, receipts: [],
  };
  return { row, entries: [{ log, seq: 1, digest: one, hash, payload: bytes }] };
}

/**
 * @template {{row: LogRow, entries: Entry[]}} Begun
 * @param {Database} db
 * @param {Begun} begun
 * @returns {Promise<Begun>} as it is to be stored
 */
export async function inSeal(db, begun) {
  const key = await sealingKey(db);
  if (!key) return begun;
  return { ...begun, row: { ...begun.row, key: key.id }, entries: await allSealed(key, "entries", begun.entries) };
}

/** @param {LogRow} log @returns {boolean} whether its entries can be read now */
export function isAtHand({ key }) {
  return !key || Boolean(held(key));
}

/** Stores a prepared log as the current one; call it inside a transaction on logs, entries and meta. @param {Database} db @param {{row: LogRow, entries: Entry[]}} begun */
export async function putLog(db, { row, entries }) {
  const last = await db.table("logs").orderBy("order").last();
  await db.table("logs").add({ ...row, order: (last?.order ?? 0) + 1 });
  await db.table("entries").bulkAdd(entries);
  await db.table("meta").put({ name: "log", value: row.log });
}

/** @param {Database} db @param {string} log @param {number} seq from base to head @returns {Promise<string | null>} */
export async function hashAt(db, log, seq) {
  const row = await db.table("logs").get(log);
  if (seq === row.base) return row.baseHash;
  return (await db.table("entries").get([log, seq]))?.hash ?? null;
}

/**
 * Why the first log of this storage is begun: the phone is new, or it was cleared and once had another.
 *
 * @param {Database} db
 * @returns {Promise<[string, {log: string, seq: number} | null]>} reason, previous
 */
async function origin(db) {
  const evicted = (await db.table("logs").count()) === 0 && (await recall(db, "evicted"));
  return evicted ? ["evicted", evicted.lastLog] : ["new", null];
}

/** @param {Database} db @param {string | null} log @returns {Promise<LogRow | null>} */
async function ifOpen(db, log) {
  const row = log && (await reading(db, () => db.table("logs").get(log)));
  return row?.state === "open" && isAtHand(row) ? row : null;
}

/** @param {Database} db */
async function deviceOf(db) {
  return (await recall(db, "profile"))?.device ?? "";
}
