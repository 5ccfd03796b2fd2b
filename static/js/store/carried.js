/**
 * Rescue files of colleagues, carried until the centre has signed that it took them. What is inside, only
 * the centre can read.
 */
import { head } from "../crypto/rescue.js";
import { fileHash } from "../crypto/taken.js";
import { announce } from "./changes.js";
import { database, reading, writing } from "./database.js";

/**
 * @typedef {object} Carried
 * @property {string} sha256
 * @property {string} name as the file was called
 * @property {number} size
 * @property {string} device whose it is
 * @property {string} madeAt
 * @property {"phone" | "node" | "centre"} state
 * @property {string | null} refused why the store did not take it, the last time
 * @property {number} at ms
 */

/** @typedef {import("./database.js").Database} Database */

/**
 * @param {File} file
 * @param {Database} [db]
 * @returns {Promise<Carried | null>} null if it is no rescue file, or not whole
 */
export async function carry(file, db = database()) {
  const about = await head(file);
  if (!about?.whole) return null;
  const sha256 = await fileHash(file);
  const bytes = new Uint8Array(await file.arrayBuffer());
  const row = {
    sha256, name: file.name, size: file.size, device: about.device, madeAt: about.made_at,
    state: "phone", refused: null, at: Date.now(), bytes,
  };
  const kept = await writing(db, ["carried"], async () => {
    const before = await db.table("carried").get(sha256);
    if (!before) await db.table("carried").add(row);
    return before ?? row;
  });
  announce();
  return shown(kept);
}

/** @param {Database} [db] @returns {Promise<Carried[]>} oldest first */
export async function carried(db = database()) {
  const rows = await reading(db, () => db.table("carried").toCollection().sortBy("at"));
  return rows.map(shown);
}

/** @param {Database} db @param {string} sha256 @returns {Promise<Uint8Array<ArrayBuffer> | null>} null once it was let go of */
export async function carriedBytes(db, sha256) {
  return (await reading(db, () => db.table("carried").get(sha256)))?.bytes ?? null;
}

/** What the store said of it; at the centre's own word the bytes go, the row stays to tell. @param {Database} db @param {string} sha256 @param {Partial<Carried>} change */
export async function learnCarried(db, sha256, change) {
  const letGo = change.state === "centre" ? { bytes: null } : {};
  await writing(db, ["carried"], () => db.table("carried").update(sha256, { ...change, ...letGo }));
  announce();
}

/** @param {any} row @returns {Carried} */
function shown({ sha256, name, size, device, madeAt, state, refused, at }) {
  return { sha256, name, size, device, madeAt, state, refused, at };
}
