/**
 * Reference data as last fetched: places, categories, plan, messages. "Not fetched" is null, which is
 * never the same as an empty list.
 */
import { announce } from "./changes.js";
import { database, writing } from "./database.js";
import { open, sealed, sealingKey } from "./sealing.js";

/**
 * @param {string} name
 * @param {import("./database.js").Database} [db]
 * @returns {Promise<{value: any, fetchedAt: number} | null>} fetchedAt in ms, by the phone's own clock
 */
export async function bundle(name, db = database()) {
  const row = await open("bundles", await db.table("bundles").get(name));
  return row && "value" in row ? { value: row.value, fetchedAt: row.fetchedAt } : null;
}

/** @param {string} name @param {import("./database.js").Database} db @returns {Promise<string | null>} its content hash; null also for one that can't be opened: it is fetched again */
export async function bundleHash(name, db) {
  const row = await open("bundles", await db.table("bundles").get(name));
  return row && "value" in row ? row.sha256 : null;
}

/** @param {string} name @param {string} sha256 @param {any} value @param {import("./database.js").Database} db */
export async function keepBundle(name, sha256, value, db) {
  const row = await sealed(await sealingKey(db), "bundles", { name, sha256, value, fetchedAt: Date.now() });
  await writing(db, ["bundles"], () => db.table("bundles").put(row));
  announce();
}
