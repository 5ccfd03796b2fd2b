/**
 * Photos on the phone, known by the hash of their bytes: kept in the transaction of the record that names
 * them, counted without being read. Knows nothing of cameras or of HTTP.
 */
import { announce } from "./changes.js";
import { digest } from "../sync/chain.js";
import { database, reading, writing } from "./database.js";
import { open } from "./sealing.js";

/** @typedef {import("./database.js").Database} Database */
/** @typedef {{sha256: string, size: number, mime: string, bytes: Uint8Array}} Taken */
/** @typedef {{at: string, inc: string, sig: string}} Signed the centre's word that it has a photo */

/**
 * @typedef {object} PhotoRow
 * @property {string} sha256
 * @property {number} size
 * @property {string} mime
 * @property {string} rid the record that came with it
 * @property {"phone" | "node" | "centre" | "damaged"} state how far it has come; centre only by the centre's
 *   signature; damaged: its bytes can't be read any more
 * @property {Signed | null} signed the first word of the centre's present life
 * @property {string | null} refused the status with which the store did not take it
 * @property {number} at ms, when it was kept
 */

/** @param {Blob} blob @returns {Promise<Taken>} its bytes, and what a record says of them */
export async function taken(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return { sha256: await digest(bytes), size: bytes.length, mime: blob.type, bytes };
}

/** @param {Record<string, any>} body @param {Taken[]} photos @returns {Record<string, any>} the body that names them */
export function named(body, photos) {
  if (!photos.length) return body;
  const blobs = photos.map(({ sha256, size, mime }) => ({ sha256, size, mime }));
  return { ...body, blobs: [...(body.blobs ?? []), ...blobs] };
}

/**
 * Call it inside the transaction of the record. The same photo in two records is kept once.
 *
 * @param {Database} db
 * @param {Taken[]} photos as their bytes are to be stored
 * @param {string} rid
 */
export async function keepPhotos(db, photos, rid) {
  for (const { sha256, size, mime, ...bytes } of photos) {
    if (await db.table("photos").get(sha256)) continue;
    await db.table("photos").add({ sha256, size, mime, rid, state: "phone", signed: null, refused: null, at: Date.now() });
    await db.table("photoBytes").put({ sha256, ...bytes });
  }
}

/** @param {Database} [db] @returns {Promise<number>} photos that the centre has not signed for */
export function photosWaiting(db = database()) {
  return reading(db, () => db.table("photos").where("state").anyOf("phone", "node").count());
}

/** @param {Database} db @returns {Promise<PhotoRow[]>} those that the centre has not signed for, oldest first */
export function waitingPhotos(db) {
  return reading(db, () => db.table("photos").where("state").anyOf("phone", "node").sortBy("at"));
}

/** @param {Database} db @returns {Promise<PhotoRow[]>} those that the centre has signed for, oldest first */
export function signedPhotos(db) {
  return reading(db, () => db.table("photos").where("state").equals("centre").sortBy("at"));
}

/** @param {string} sha256 @param {Database} [db] @returns {Promise<Blob | null>} to be shown; null once let go of */
export async function photo(sha256, db = database()) {
  const row = await reading(db, () => db.table("photos").get(sha256));
  const bytes = row && (await photoBytes(db, sha256));
  return bytes ? new Blob([bytes], { type: row.mime }) : null;
}

/** @param {Database} db @param {string} sha256 @returns {Promise<Uint8Array<ArrayBuffer> | null>} */
export async function photoBytes(db, sha256) {
  const row = await reading(db, () => db.table("photoBytes").get(sha256));
  return (await open("photoBytes", row))?.bytes ?? null;
}

/** @param {Database} db @param {string} sha256 @param {Partial<PhotoRow>} change */
export async function learnPhoto(db, sha256, change) {
  await writing(db, ["photos"], () => db.table("photos").update(sha256, change));
  announce();
}

/** @param {Database} db @param {string} sha256 */
export async function letGoOfPhoto(db, sha256) {
  await writing(db, ["photos", "photoBytes"], async () => {
    await db.table("photoBytes").delete(sha256);
    await db.table("photos").delete(sha256);
  });
  announce();
}

/**
 * @param {Database} db
 * @param {string[]} hashes that records name
 * @returns {Promise<Set<string>>} those which still wait
 */
export async function stillWaiting(db, hashes) {
  if (!hashes.length) return new Set();
  const rows = await db.table("photos").bulkGet(hashes);
  return new Set(rows.filter((row) => row && row.state !== "centre").map((row) => row.sha256));
}
