/**
 * Looks the phone's store over once after a start: a row that can't be what was written is set aside as it
 * is, and what can be told again from the entries takes its place. Nothing that was written goes away.
 */
import { fold, genesis } from "../sync/chain.js";
import { setAside } from "./aside.js";
import { writing } from "./database.js";
import { recordRow } from "./records.js";
import { allOpen, isShut, open, sealed, sealingKey } from "./sealing.js";
import { isAsWritten, isLog, isRecord, readable } from "./sound.js";

/** @typedef {import("./database.js").Database} Database */

const decoder = new TextDecoder();
const LOWEST = -Infinity;
/** @type {any[]} above every other key */
const HIGHEST = [[]];

/** @param {Database} db @returns {Promise<number>} how many rows were set aside */
export async function mend(db) {
  return (await mendLogs(db)) + (await mendRecords(db));
}

/** A list row is made again from its entry. @param {Database} db */
async function mendRecords(db) {
  const { bad, lost } = await unsound(db, "records", isRecord);
  for (const row of bad) {
    const again = await fromEntry(db, row);
    const kept = again && (await sealed(await sealingKey(db), "records", { ...again, n: row.n }));
    if (kept) await writing(db, ["records"], () => db.table("records").put(kept));
  }
  return bad.length + lost.length;
}

/** @param {Database} db @param {any} row @returns {Promise<import("./records.js").RecordRow | null>} */
async function fromEntry(db, { log, seq }) {
  if (typeof log !== "string" || !Number.isSafeInteger(seq)) return null;
  const entry = await open("entries", await db.table("entries").get([log, seq]));
  if (!entry || !(await isAsWritten(db, entry))) return null;
  const again = recordRow(JSON.parse(decoder.decode(entry.payload)), entry);
  return isRecord(again) ? again : null;
}

/**
 * A log's row is made again from its entries. What the stores said of it is asked for again; if the chain
 * does not fit what they have, the sender begins a new log with all that is held.
 *
 * @param {Database} db
 */
async function mendLogs(db) {
  const { bad, lost } = await unsound(db, "logs", isLog);
  for (const { log, ...old } of [...bad, ...lost.map((key) => ({ log: key }))]) {
    const again = await fromEntries(db, log);
    if (again) await writing(db, ["logs"], () => db.table("logs").put({ ...again, ...kept(old) }));
  }
  return bad.length + lost.length;
}

/** @param {Database} db @param {string} log @returns {Promise<import("./logs.js").LogRow | null>} */
async function fromEntries(db, log) {
  const { rows } = await readable(db, "entries", [log, 0], [log, Infinity]);
  if (!rows.length) return null;
  const base = rows[0].seq - 1;
  const last = rows[rows.length - 1];
  const baseHash = await genesis(log);
  const whole = base === 0 && rows.length === last.seq;
  const head = whole ? (await fold(baseHash, 1, rows.map((row) => row.digest)))[rows.length - 1] : last.hash;
  return {
    log, order: 0, device: "", state: "open", reason: "restored", previous: null,
    base, baseHash, seq: last.seq, head, mismatches: 0, q: [], held: null, up: null, receipts: [],
  };
}

/** What is still right of a log's row and can't be told from its entries. @param {any} old */
function kept({ order, device, state }) {
  return {
    order: Number.isSafeInteger(order) ? order : 0,
    device: typeof device === "string" ? device : "",
    state: state === "forked" ? "forked" : "open",
  };
}

/**
 * @param {Database} db
 * @param {string} table
 * @param {(row: any) => boolean} isSound
 */
async function unsound(db, table, isSound) {
  const { rows: stored, lost } = await readable(db, table, LOWEST, HIGHEST);
  const rows = table === "records" ? await allOpen(table, stored) : stored;
  const bad = rows.filter((row) => !isSound(row) && !isShut(row));
  const key = (/** @type {any} */ row) => row[/** @type {string} */ (db.table(table).schema.primKey.keyPath)];
  await setAside(db, [
    ...bad.map((row) => ({ table, key: key(row), row, why: "unreadable" })),
    ...lost.map((one) => ({ table, key: one, row: null, why: "unreadable" })),
  ]);
  return { bad, lost };
}
