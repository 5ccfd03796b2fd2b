/**
 * Room kept to be given away: when the disk is full, it is dropped, so that the last reports still fit.
 * It is a file of its own, since a database that finds no room can't even be opened to make some: removing
 * the file needs no byte. Knows nothing of what is to be saved.
 */
import { random } from "../sync/bytes.js";
import { announce } from "./changes.js";

const NAME = "ballast";
const PIECES = 16;
/** As much as one call for random bytes gives; they don't compress, so they take the room they claim. */
const PIECE_BYTES = 64 * 1024;

/** @typedef {"kept" | "used" | "none"} Ballast used: the disk is full, free some room; none: not laid yet, or this browser keeps no such files */

/** Whether it was given away, or found no room; asked for again at every start. */
let isUsed = false;

/** @returns {Promise<Ballast>} */
export async function ballast() {
  const folder = await ours();
  if (folder && (await isThere(folder))) return "kept";
  return isUsed ? "used" : "none";
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
    isUsed = false;
  } catch {
    await folder.removeEntry(NAME).catch(() => null);
    isUsed = true;
  }
  announce();
  return isUsed ? "used" : "kept";
}

/** @returns {Promise<boolean>} whether there was any to drop */
export async function dropBallast() {
  const folder = await ours();
  if (!folder) return false;
  try {
    await folder.removeEntry(NAME);
    isUsed = true;
    announce();
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
