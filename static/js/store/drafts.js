/**
 * Forms not yet saved, so that a crash loses no typing. A draft is dropped only after its record is saved.
 */
import { database, writing } from "./database.js";

/** @param {string} name which form @param {any} value @param {import("./database.js").Database} [db] */
export async function keep(name, value, db = database()) {
  await writing(db, ["drafts"], () => db.table("drafts").put({ name, value, at: Date.now() }));
}

/** @param {string} name @param {import("./database.js").Database} [db] @returns {Promise<any>} the value, or null */
export async function draft(name, db = database()) {
  return (await db.table("drafts").get(name))?.value ?? null;
}

/** @param {string} name @param {import("./database.js").Database} [db] */
export async function drop(name, db = database()) {
  await writing(db, ["drafts"], () => db.table("drafts").delete(name));
}
