/**
 * Room kept to be given away: when the disk is full, the ballast is dropped, so that the last reports still
 * fit. It is a file of its own, since a database that finds no room can't even be opened to make some:
 * removing the file needs no byte. Here is what saving needs; laying it down is reserve.js.
 */
import { random } from "../sync/bytes.js";
import { announce } from "./changes.js";

export const NAME = "ballast";
/** As much as one call for random bytes gives; they don't compress, so they take the room they claim. */
const PIECE_BYTES = 64 * 1024;
const ROOM = "room";
/** A quarter of what the ballast holds: what the browser's storage needs to begin a new file. */
const ROOM_PIECES = 4;

/** Whether it was given away, or found no room; asked for again at every start. */
export const reserve = { isUsed: false };

/** @returns {Promise<boolean>} whether there was any to drop */
export async function dropBallast() {
  const folder = await ours();
  if (!folder) return false;
  try {
    await folder.removeEntry(NAME);
    reserve.isUsed = true;
    announce();
    return true;
  } catch {
    return false;
  }
}

/** Rejects as a full disk does where a small file finds no room; what may keep no files is not asked. @returns {Promise<void>} */
export async function makeSureOfRoom() {
  const folder = await ours();
  if (!folder) return;
  try {
    await fill(folder, ROOM, ROOM_PIECES);
  } catch {
    throw new DOMException("", "QuotaExceededError");
  } finally {
    await folder.removeEntry(ROOM).catch(() => null);
  }
}

/** @param {FileSystemDirectoryHandle} folder @param {string} name @param {number} pieces */
export async function fill(folder, name, pieces) {
  const file = await folder.getFileHandle(name, { create: true });
  const writer = await file.createWritable();
  for (let i = 0; i < pieces; i += 1) await writer.write(/** @type {BufferSource} */ (random(PIECE_BYTES)));
  await writer.close();
}

/** @returns {Promise<FileSystemDirectoryHandle | null>} where this origin may keep files, if it may */
export async function ours() {
  const mayWrite = typeof FileSystemFileHandle !== "undefined" && "createWritable" in FileSystemFileHandle.prototype;
  if (!mayWrite) return null;
  try {
    return await navigator.storage.getDirectory();
  } catch {
    return null;
  }
}
