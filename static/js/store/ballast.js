/**
 * Room kept to be given away: when the disk is full, it is dropped, so that the last reports still fit.
 * Knows nothing of what is to be saved.
 */
import { random } from "../sync/bytes.js";
import { announce } from "./changes.js";
import { database, NotSaved, reading, writing } from "./database.js";

const NAME = "ballast";
const PIECES = 16;
/** As much as one call for random bytes gives; they don't compress, so they take the room they claim. */
const PIECE_BYTES = 64 * 1024;

/** @param {import("./database.js").Database} [db] @returns {Promise<"kept" | "used">} used: the disk is full, free some room */
export async function ballast(db = database()) {
  return (await reading(db, () => db.table("ballast").count())) ? "kept" : "used";
}

/**
 * Lays it down where there is none; a disk without room for it is no fault.
 *
 * @param {import("./database.js").Database} [db]
 * @returns {Promise<"kept" | "used">}
 */
export async function layBallast(db = database()) {
  try {
    if ((await ballast(db)) === "kept") return "kept";
    const bytes = new Uint8Array(PIECES * PIECE_BYTES);
    for (let i = 0; i < PIECES; i += 1) bytes.set(random(PIECE_BYTES), i * PIECE_BYTES);
    await writing(db, ["ballast"], () => db.table("ballast").put({ name: NAME, bytes }));
  } catch (error) {
    if (error instanceof NotSaved) return "used";
    throw error;
  }
  announce();
  return "kept";
}

/**
 * Runs a save once more with the ballast's room, if there was none left for it.
 *
 * @template T
 * @param {import("./database.js").Database} db
 * @param {() => Promise<T>} save
 * @returns {Promise<T>}
 */
export async function withBallast(db, save) {
  try {
    return await save();
  } catch (error) {
    if (!(error instanceof NotSaved) || error.reason !== "full" || !(await dropBallast(db))) throw error;
    return save();
  }
}

/** @param {import("./database.js").Database} db @returns {Promise<boolean>} whether there was any to drop */
async function dropBallast(db) {
  try {
    if ((await ballast(db)) === "used") return false;
    await writing(db, ["ballast"], () => db.table("ballast").clear());
    return true;
  } catch (error) {
    if (error instanceof NotSaved) return false;
    throw error;
  }
}
