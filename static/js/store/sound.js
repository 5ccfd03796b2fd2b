/**
 * Tells whether a row is still what was written: the right fields, and bytes that are what their hashes
 * say. A disk, or another program, may have changed any of it. Writes nothing.
 */
import { digest, link } from "../sync/chain.js";

const HASH = /^[0-9a-f]{64}$/;
const LOG = /^[0-9a-f]{32}$/;

/** @typedef {import("./database.js").Database} Database */
/** @typedef {import("./logs.js").Entry} Entry */

/** @param {any} row @returns {row is import("./records.js").RecordRow} */
export function isRecord(row) {
  return areTexts(row, ["rid", "subject", "t", "at", "by", "org", "log"]) && isObject(row.body) && isCount(row.seq) && HASH.test(row.digest);
}

/** @param {any} row @returns {row is import("./logs.js").LogRow} */
export function isLog(row) {
  const chain = LOG.test(row?.log) && HASH.test(row.head) && HASH.test(row.baseHash) && isCount(row.seq) && isCount(row.base);
  return chain && isCount(row.order) && ["open", "forked"].includes(row.state) && Array.isArray(row.q) && Array.isArray(row.receipts);
}

/**
 * All rows of a range, or where one of them breaks the reading of all, each by itself.
 *
 * @param {Database} db
 * @param {string} table
 * @param {any} low a key
 * @param {any} high
 * @returns {Promise<{rows: any[], lost: any[]}>} lost: keys of rows that can't be read at all
 */
export async function readable(db, table, low, high) {
  const range = () => db.table(table).where(":id").between(low, high, true, true);
  try {
    return { rows: await range().toArray(), lost: [] };
  } catch {
    return oneByOne(db, table, await range().primaryKeys());
  }
}

/** @param {Database} db @param {string} table @param {any[]} keys */
async function oneByOne(db, table, keys) {
  const rows = [];
  const lost = [];
  for (const key of keys) {
    try {
      rows.push(await db.table(table).get(key));
    } catch {
      lost.push(key);
    }
  }
  return { rows, lost };
}

/**
 * Whether an entry's bytes are those that its author wrote, by the witnesses that there are: the entry's
 * own digest and the one in its list row.
 *
 * @param {Database} db
 * @param {Entry} entry
 * @returns {Promise<boolean>}
 */
export async function isAsWritten(db, entry) {
  if (!(entry.payload instanceof Uint8Array)) return false;
  const found = await digest(entry.payload);
  if (found === entry.digest) return true;
  const row = await db.table("records").where("[log+seq]").equals([entry.log, entry.seq]).first();
  return row?.digest === found;
}

/**
 * Whether the entry's digest, at least, is the one in the chain: then the chain can be told without the bytes.
 *
 * @param {string | null} prev hash before it
 * @param {Entry} entry
 */
export async function isInChain(prev, { seq, digest: one, hash }) {
  return prev !== null && HASH.test(one) && (await link(prev, seq, one)) === hash;
}

/** @param {any} row @param {string[]} names */
function areTexts(row, names) {
  return isObject(row) && names.every((name) => typeof row[name] === "string");
}

/** @param {any} value */
function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** @param {any} value */
function isCount(value) {
  return Number.isSafeInteger(value) && value >= 0;
}
