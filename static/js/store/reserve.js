/** Lays the ballast down, and says whether it lies there. Dropping it is ballast.js, which saving needs first. */
import { NAME, fill, ours, reserve } from "./ballast.js";
import { announce } from "./changes.js";

const PIECES = 16;

/** @typedef {"kept" | "used" | "none"} Ballast used: the disk is full, free some room; none: not laid yet, or this browser keeps no such files */

/** @returns {Promise<Ballast>} */
export async function ballast() {
  const folder = await ours();
  if (folder && (await isThere(folder))) return "kept";
  return reserve.isUsed ? "used" : "none";
}

/** Lays it down where there is none; a disk without room for it is no fault. @returns {Promise<Ballast>} */
export async function layBallast() {
  const folder = await ours();
  if (!folder) return "none";
  if (await isThere(folder)) return "kept";
  try {
    await fill(folder, NAME, PIECES);
    reserve.isUsed = false;
  } catch {
    await folder.removeEntry(NAME).catch(() => null);
    reserve.isUsed = true;
  }
  announce();
  return reserve.isUsed ? "used" : "kept";
}

/** @param {FileSystemDirectoryHandle} folder @returns {Promise<boolean>} an empty file is what a failed attempt left */
async function isThere(folder) {
  try {
    return (await (await folder.getFileHandle(NAME)).getFile()).size > 0;
  } catch {
    return false;
  }
}
