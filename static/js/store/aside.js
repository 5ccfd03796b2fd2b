/**
 * Rows that can't be read or trusted any more: set aside as they are, told of, exported, never deleted,
 * and never in the way of the rows after them.
 */
import { announce } from "./changes.js";
import { database, reading, writing } from "./database.js";
import { allOpen, allSealed, sealingKey } from "./sealing.js";

/**
 * @typedef {object} AsideRow
 * @property {number} [id]
 * @property {string} of what it is a copy of, "entries:[\"…\",3]": each is set aside once
 * @property {string} table
 * @property {any} key
 * @property {any} row as it was; null where not even that could be had
 * @property {string} why
 * @property {number} at ms
 */

/** @typedef {{table: string, key: any, row: any, why: string}} Unreadable */

/** @param {import("./database.js").Database} [db] @returns {Promise<number>} */
export function asideCount(db = database()) {
  return reading(db, () => db.table("aside").count());
}

/** @param {import("./database.js").Database} [db] @returns {Promise<AsideRow[]>} */
export async function asideRows(db = database()) {
  return allOpen("aside", await reading(db, () => db.table("aside").toArray()));
}

/** @param {import("./database.js").Database} db @param {Unreadable[]} rows */
export async function setAside(db, rows) {
  if (!rows.length) return;
  const named = rows.map(({ table, key, row, why }) => ({ of: nameOf(table, key), table, key, row, why, at: Date.now() }));
  const kept = await allSealed(await sealingKey(db), "aside", named);
  const fresh = await writing(db, ["aside"], async () => {
    let count = 0;
    for (const one of kept) {
      if (await db.table("aside").get({ of: one.of })) continue;
      await db.table("aside").add(one);
      count += 1;
    }
    return count;
  });
  if (fresh) announce();
}

/** @param {string} table @param {any} key */
function nameOf(table, key) {
  return `${table}:${JSON.stringify(key)}`;
}
