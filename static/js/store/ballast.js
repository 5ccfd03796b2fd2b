/**
 * Room kept to be given away: when the disk is full, it is dropped, so that the last reports still fit.
 * It is a file of its own, since a database that finds no room can't even be opened to make some: removing
 * the file needs no byte. Knows nothing of what is to be saved.
 */
import { random } from "../sync/bytes.js";

const NAME = "ballast";
const PIECES = 16;
/** As much as one call for random bytes gives; they don't compress, so they take the room they claim. */
const PIECE_BYTES = 64 * 1024;

/** @typedef {"kept" | "used" | "none"} Ballast used: the disk is full, free some room; none: this browser keeps no such files */

/** @returns {Promise<Ballast>} */
export async function ballast() {
  const folder = await ours();
  return folder ? ((await isThere(folder)) ? "kept" : "used") : "none";
}

/** Lays it down where there is none; a disk without room for it is no fault. @returns {Promise<Ballast>} */
export async function layBallast() {
  const folder = await ours();
  if (!folder) return "none";
  if (await isThere(folder)) return "kept";
  try {
    const file = await folder.getFileHandle(NAME, { create: true });
    const writer = await file.createWritable();
    for (let i = 0; i < PIECES; i += 1) await writer.write(/** @type {BufferSource} */ (random(PIECE_BYTES)));
    await writer.close();
    return "kept";
  } catch {
    await dropBallast();
    return "used";
  }
}

/** @returns {Promise<boolean>} whether there was any to drop */
export async function dropBallast() {
  const folder = await ours();
  if (!folder) return false;
  try {
    await folder.removeEntry(NAME);
    return true;
  } catch {
    return false;
  }
}

/** @returns {Promise<FileSystemDirectoryHandle | null>} where this origin may keep files, if it may */
async function ours() {
  const mayWrite = typeof FileSystemFileHandle !== "undefined" && "createWritable" in FileSystemFileHandle.prototype;
  if (!mayWrite) return null;
  try {
    return await navigator.storage.getDirectory();
  } catch {
    return null;
  }
}

/** @param {FileSystemDirectoryHandle} folder @returns {Promise<boolean>} an empty file is what a failed attempt left */
async function isThere(folder) {
  try {
    return (await (await folder.getFileHandle(NAME)).getFile()).size > 0;
  } catch {
    return false;
  }
}
