/**
 * What of each row is sealed, in one place. A row that stands in clear, since this phone is not locked or not
 * sealed yet, is read as it is. WebCrypto would end a transaction: seal before it, open after it.
 */
import { keyOf, seal, unseal } from "../crypto/seal.js";
import { encode } from "../sync/bytes.js";
import { reading } from "./database.js";
import { fromPlain, plain } from "./plain.js";
import { held, onLock, unlocked } from "./ring.js";

/** @typedef {import("../crypto/seal.js").DataKey} DataKey */
/** @typedef {{fields: string[], key: (row: any) => any, raw?: boolean, when?: (row: any) => boolean}} Rule raw: one field, of bytes */

/** @type {Record<string, Rule>} the rest of a row stays in clear: ids, numbers, hashes, states, and what indexes need */
export const RULES = {
  entries: { fields: ["payload"], key: ({ log, seq }) => [log, seq], raw: true },
  records: { fields: ["t", "at", "by", "org", "body"], key: ({ rid }) => rid },
  drafts: { fields: ["value"], key: ({ name }) => name },
  bundles: { fields: ["value"], key: ({ name }) => name, when: ({ name }) => !["places", "categories"].includes(name) },
  photoBytes: { fields: ["bytes"], key: ({ sha256 }) => sha256, raw: true },
  aside: { fields: ["row"], key: ({ of }) => of },
  profiles: { fields: ["name", "token"], key: ({ account }) => account },
};

const decoder = new TextDecoder();

/** List rows are read again after every change: what was opened once is not opened again. @type {Map<string, {sealed: Uint8Array, hidden: any}>} */
const opened = new Map();
onLock(() => opened.clear());

/** The phone is sealed and nobody has unlocked it: nothing may be written. */
export class Locked extends Error {}

/** @param {import("./database.js").Database} db @returns {Promise<DataKey | null>} to seal with; null: nothing is sealed here; rejects with Locked */
export async function sealingKey(db) {
  const shift = unlocked();
  if (shift) return shift.keys[0];
  if (await reading(db, () => db.table("keys").count())) throw new Locked("locked");
  return null;
}

/**
 * @template {object} T
 * @param {DataKey | null} key
 * @param {string} table
 * @param {T} row
 * @returns {Promise<T>} as it is to be stored
 */
export async function sealed(key, table, row) {
  const rule = RULES[table];
  const { [rule.fields[0]]: first } = /** @type {any} */ (row);
  if (!key || "sealed" in row || (rule.raw && !(first instanceof Uint8Array)) || rule.when?.(row) === false) return row;
  const { kept, hidden } = split(row, rule.fields);
  const bytes = rule.raw ? first : encode(plain(hidden));
  return /** @type {any} */ ({ ...kept, sealed: await seal(key, placeOf(table, row), bytes) });
}

/** @template {object} T @param {DataKey | null} key @param {string} table @param {T[]} rows */
export function allSealed(key, table, rows) {
  return Promise.all(rows.map((row) => sealed(key, table, row)));
}

/**
 * @param {string} table
 * @param {any} row
 * @returns {Promise<any>} as it was before it was sealed; what can't be opened stays as it lies
 */
export async function open(table, row) {
  const key = row?.sealed && held(keyOf(row.sealed));
  if (!key) return row;
  const place = placeOf(table, row);
  const known = table === "records" && opened.get(place);
  const hidden = known && isSame(known.sealed, row.sealed) ? known.hidden : await hiddenOf(table, key, place, row.sealed);
  if (!hidden) return row;
  if (table === "records") opened.set(place, { sealed: row.sealed, hidden });
  return { ...split(row, ["sealed"]).kept, ...hidden };
}

/** @param {string} table @param {any[]} rows @returns {Promise<any[]>} */
export function allOpen(table, rows) {
  return Promise.all(rows.map((row) => open(table, row)));
}

/** @param {any} row @returns {boolean} whether it can't be read now, though nothing is wrong with it: its key is not at hand */
export function isShut(row) {
  return Boolean(row?.sealed && keyOf(row.sealed) && !held(keyOf(row.sealed)));
}

/** @param {string} table @param {any} row @returns {string} what its sealed part is bound to */
export function placeOf(table, row) {
  return `${table} ${JSON.stringify(RULES[table].key(row))}`;
}

/** @param {string} table @param {DataKey} key @param {string} place @param {Uint8Array} bytes */
async function hiddenOf(table, key, place, bytes) {
  const { raw, fields } = RULES[table];
  const found = await unseal(key, place, bytes);
  if (!found) return null;
  return raw ? { [fields[0]]: found } : fromPlain(decoder.decode(found));
}

/** @param {any} row @param {string[]} fields */
function split(row, fields) {
  const kept = { ...row };
  /** @type {Record<string, any>} */
  const hidden = {};
  for (const name of fields) {
    hidden[name] = row[name];
    delete kept[name];
  }
  return { kept, hidden };
}

/** By the IV, which is never the same twice. @param {Uint8Array} one @param {Uint8Array} other */
function isSame(one, other) {
  return one.subarray(9, 21).every((byte, i) => byte === other[9 + i]);
}
