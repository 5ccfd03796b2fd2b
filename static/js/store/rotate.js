/**
 * Begins a new log when the old one can no longer be told apart from another's: every payload still held
 * is written again, byte for byte, with its rid. The old log is marked and kept; nothing is deleted.
 */
import { digest, fold } from "../sync/chain.js";
import { setAside } from "./aside.js";
import { announce } from "./changes.js";
import { recall, writing } from "./database.js";
import { begin, inSeal, isAtHand, putLog } from "./logs.js";
import { centreHas, homeHas } from "./receipts.js";
import { allOpen } from "./sealing.js";
import { isAsWritten, readable } from "./sound.js";

/** @typedef {import("./logs.js").Entry} Entry */

const decoder = new TextDecoder();

/**
 * @param {import("./database.js").Database} db
 * @param {string} log the log to leave
 * @param {string} reason `forked` or `restored`
 * @param {{without?: number, code?: string}} [aside] an entry that no store takes: kept in the old log, shown
 * @returns {Promise<string | null>} the new log; null if another tab has rotated already, or its key is not at hand
 */
export async function rotate(db, log, reason, { without, code } = {}) {
  for (;;) {
    const old = await db.table("logs").get(log);
    if (old?.state !== "open" || !isAtHand(old)) return null;
    const begun = await inSeal(db, await rewritten(db, old, reason, without));
    const done = await writing(db, ["logs", "entries", "records", "meta"], async () => {
      const now = await db.table("logs").get(log);
      if (now.state !== "open" || now.head !== old.head || now.seq !== old.seq) return false;
      await db.table("logs").update(log, { state: "forked" });
      await putLog(db, begun);
      await moveRecords(db, log, begun);
      await leaveRecords(db, old, without, code ?? "too_large");
      return true;
    });
    if (done) {
      announce();
      return begun.row.log;
    }
  }
}

/**
 * @param {import("./database.js").Database} db
 * @param {import("./logs.js").LogRow} old
 * @param {string} reason
 * @param {number} [without]
 */
async function rewritten(db, old, reason, without) {
  const held = await soundEntries(db, old);
  const again = held.filter((entry) => entry.seq !== without && !isOwnFrame(entry));
  const { device, ...author } = await authorOf(db, old, held);
  const begun = await begin(author, device, reason, { log: old.log, seq: old.seq });
  // From the bytes, not from the row: what else stands in a row may be what broke the old chain.
  const digests = await Promise.all(again.map((entry) => digest(entry.payload)));
  const hashes = await fold(begun.row.head, 2, digests);
  again.forEach(({ payload }, i) => {
    begun.entries.push({ log: begun.row.log, seq: i + 2, digest: digests[i], hash: hashes[i], payload });
  });
  const last = begun.entries.at(-1);
  if (last) Object.assign(begun.row, { seq: last.seq, head: last.hash });
  return { ...begun, from: again.map((entry) => entry.seq) };
}

/**
 * What the log still holds as its author wrote it; the rest is set aside as it is.
 *
 * @param {import("./database.js").Database} db
 * @param {import("./logs.js").LogRow} old
 * @returns {Promise<Entry[]>}
 */
async function soundEntries(db, { log }) {
  const { rows: stored, lost } = await readable(db, "entries", [log, 0], [log, Infinity]);
  const rows = await allOpen("entries", stored);
  const sound = await Promise.all(rows.map((row) => isAsWritten(db, row)));
  const damaged = rows.filter((row, i) => !sound[i] && row.payload !== null);
  await setAside(db, [
    ...damaged.map((row) => ({ table: "entries", key: [log, row.seq], row, why: "unreadable" })),
    ...lost.map((key) => ({ table: "entries", key, row: null, why: "unreadable" })),
  ]);
  return rows.filter((_, i) => sound[i]);
}

/** @param {Entry} entry @returns {boolean} whether it is the old log's own `open` or `close` */
function isOwnFrame(entry) {
  const { t } = read(entry);
  return t === "open" || t === "close";
}

/**
 * Who opens the new log, on which device: whoever is enrolled now, else the author of what is held.
 *
 * @param {import("./database.js").Database} db
 * @param {import("./logs.js").LogRow} old
 * @param {Entry[]} held
 */
async function authorOf(db, old, held) {
  const profile = await recall(db, "profile");
  if (profile) return { by: profile.account, org: profile.org, device: profile.device };
  const { by = "", org = "" } = held.length ? read(held[held.length - 1]) : {};
  return { by, org, device: old.device };
}

/** @param {Entry} entry @returns {any} an unreadable payload is carried along as it is */
function read(entry) {
  try {
    return JSON.parse(decoder.decode(entry.payload)) ?? {};
  } catch {
    return {};
  }
}

/**
 * @param {import("./database.js").Database} db
 * @param {string} log
 * @param {{row: import("./logs.js").LogRow, from: number[]}} begun
 */
async function moveRecords(db, log, { row, from }) {
  const records = db.table("records");
  for (const [i, seq] of from.entries()) {
    await records.where("[log+seq]").equals([log, seq]).modify({ log: row.log, seq: i + 2 });
  }
}

/**
 * What did not come along, and no store has, needs its author: the list still shows what was written.
 *
 * @param {import("./database.js").Database} db
 * @param {import("./logs.js").LogRow} old
 * @param {number | undefined} without the entry that no store takes
 * @param {string} code why
 */
async function leaveRecords(db, old, without, code) {
  const arrived = Math.max(centreHas(old), homeHas(old));
  const left = db.table("records").where("[log+seq]").between([old.log, arrived + 1], [old.log, Infinity]);
  await left.modify((row) => {
    row.aside ??= row.seq === without ? code : "unreadable";
  });
}
