/**
 * Seals what still lies in clear: all of it when a phone gets its first PIN, and what an older tab wrote since.
 * May be cut off anywhere: what is sealed stays sealed, the rest is read as it is and sealed the next time.
 */
import { writing } from "./database.js";
import { plain } from "./plain.js";
import { sealed } from "./sealing.js";

/** @typedef {import("./database.js").Database} Database */
/** @typedef {import("../crypto/seal.js").DataKey} DataKey */

const TABLES = ["drafts", "bundles", "aside", "records", "entries", "photoBytes"];
const AT_ONCE = 50;

/** @param {Database} db @param {DataKey} key */
export async function sealAll(db, key) {
  await writing(db, ["logs"], () => db.table("logs").filter((row) => !row.key).modify({ key: key.id }));
  await sealProfiles(db, key);
  for (const table of TABLES) await sealTable(db, key, table);
}

/** @param {Database} db @param {DataKey} key */
async function sealProfiles(db, key) {
  for (const name of ["profile", "profiles"]) {
    const row = await db.table("meta").get(name);
    if (!row?.value) continue;
    const value = await everyOne(row.value, (one) => sealed(key, "profiles", one));
    await replace(db, "meta", [{ before: row, after: { name, value } }]);
  }
}

/** @param {Database} db @param {DataKey} key @param {string} table */
async function sealTable(db, key, table) {
  const keys = await db.table(table).filter((row) => !("sealed" in row)).primaryKeys();
  for (let i = 0; i < keys.length; i += AT_ONCE) {
    const rows = (await db.table(table).bulkGet(keys.slice(i, i + AT_ONCE))).filter(Boolean);
    const done = await Promise.all(rows.map(async (before) => ({ before, after: await sealed(key, table, before) })));
    await replace(db, table, done.filter(({ before, after }) => before !== after));
  }
}

/** Only what nobody has changed meanwhile. @param {Database} db @param {string} table @param {{before: any, after: any}[]} rows */
async function replace(db, table, rows) {
  if (!rows.length) return;
  const { keyPath } = db.table(table).schema.primKey;
  const keyOf = (/** @type {any} */ row) => (Array.isArray(keyPath) ? keyPath.map((name) => row[name]) : row[String(keyPath)]);
  await writing(db, [table], async () => {
    for (const { before, after } of rows) {
      const now = await db.table(table).get(keyOf(before));
      if (plain(now) === plain(before)) await db.table(table).put(after);
    }
  });
}

/** @param {any} value @param {(one: any) => Promise<any>} change */
async function everyOne(value, change) {
  return Array.isArray(value) ? Promise.all(value.map(change)) : change(value);
}
