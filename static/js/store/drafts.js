/**
 * Forms not yet saved, so that a crash loses no typing. A draft carries the rid of the record it is to become:
 * when that record is there, the crash came between saving and dropping, and the draft is over.
 */
import { database, writing } from "./database.js";
import { allOpen, open, sealed, sealingKey } from "./sealing.js";

/** @typedef {{name: string, value: any, at: number}} DraftRow  name: the form's address; at: ms */

/** @param {string} name which form @param {any} value @param {import("./database.js").Database} [db] */
export async function keep(name, value, db = database()) {
  const row = await sealed(await sealingKey(db), "drafts", { name, value, at: Date.now() });
  await writing(db, ["drafts"], () => db.table("drafts").put(row));
}

/** @param {string} name @param {import("./database.js").Database} [db] @returns {Promise<any>} the value, or null */
export async function draft(name, db = database()) {
  const row = await open("drafts", await db.table("drafts").get(name));
  return row && "value" in row && !(await isSaved(row, db)) ? row.value : null;
}

/** @param {import("./database.js").Database} [db] @returns {Promise<DraftRow[]>} those still to be saved, latest first */
export async function drafts(db = database()) {
  const rows = (await allOpen("drafts", await db.table("drafts").toArray())).filter((row) => "value" in row);
  const saved = await Promise.all(rows.map((row) => isSaved(row, db)));
  return rows.filter((_, i) => !saved[i]).sort((a, b) => b.at - a.at);
}

/** @param {string[]} names @param {import("./database.js").Database} [db] */
export async function drop(names, db = database()) {
  await writing(db, ["drafts"], () => db.table("drafts").bulkDelete(names));
}

/** @param {DraftRow} row @param {import("./database.js").Database} db */
async function isSaved({ value }, db) {
  return Boolean(value?.rid && (await db.table("records").get({ rid: value.rid })));
}
