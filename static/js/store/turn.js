/**
 * Makes Chromium begin a new log file for this origin's storage before anything is written to it. A flat
 * battery or a full disk can leave the last record of the old one torn: Chromium reads over that once, goes
 * on writing behind it, and at the start after that takes all of it for damaged and deletes it, records and
 * all. Deleting a database, however small, makes it flush and leave the file. Other browsers need nothing.
 */

import { makeSureOfRoom } from "./ballast.js";

const NAME = "fieldlog-turn";
/**
 * Chromium says that a database is deleted some milliseconds before it leaves the file: 3 to 29 were measured
 * where it is busy, and more where it hardly gets to run, as the deleting itself then shows. Deleting more of them
 * instead would write more of LevelDB's list of files, whose end a power cut can tear as well.
 */
const LEAVES_IN_MS = 500;
const TIMES_AS_LONG = 10;

let isDone = false;
/** @type {Promise<void> | null} */
let underway = null;

/** @returns {boolean} whether that has been done since the page began, or since `turnAgain` */
export function isTurned() {
  return isDone || !isChromium();
}

/** Once is enough; rejects with what the browser says where there is no room even for that. @returns {Promise<void>} */
export function turn() {
  underway ??= turned().finally(() => (underway = null));
  return underway;
}

async function turned() {
  // On a full disk a few bytes more may fit into the torn file, and a new one does not: then it is not left.
  await makeSureOfRoom();
  const begun = performance.now();
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => void opening.result.createObjectStore(NAME);
  (await answer(opening)).close();
  await answer(indexedDB.deleteDatabase(NAME));
  const took = performance.now() - begun;
  await new Promise((left) => setTimeout(left, Math.max(LEAVES_IN_MS, TIMES_AS_LONG * took)));
  await indexedDB.databases(); // answered in turn: what Chromium still had to do for the deleting is done
  isDone = true;
}

/** A write has failed: what it left may be torn. */
export function turnAgain() {
  isDone = false;
}

function isChromium() {
  return typeof navigator !== "undefined" && "userAgentData" in navigator;
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
function answer(request) {
  return new Promise((resolve, reject) => {
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve(request.result);
  });
}
