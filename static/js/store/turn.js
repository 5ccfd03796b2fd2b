/**
 * Makes Chromium begin a new log file for this origin's storage before anything is written to it. A flat
 * battery or a full disk can leave the last record of the old one torn: Chromium reads over that once, goes
 * on writing behind it, and at the start after that takes all of it for damaged and deletes it, records and
 * all. Deleting a database, however small, makes it flush and leave the file. Other browsers need nothing.
 */

const NAME = "fieldlog-turn";
/**
 * Chromium says that a database is deleted some milliseconds before it leaves the file: 3 to 29 were measured
 * where it is busy, and more where it hardly gets to run, as the deleting itself then shows. Deleting more of them
 * instead would write more of LevelDB's list of files, whose end a power cut can tear as well.
 */
const LEAVES_IN_MS = 100;
const TIMES_AS_LONG = 10;
const PATIENCE_MS = 2000;

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
  const begun = performance.now();
  await made();
  await removed();
  const took = performance.now() - begun;
  await new Promise((left) => setTimeout(left, Math.min(PATIENCE_MS, Math.max(LEAVES_IN_MS, TIMES_AS_LONG * took))));
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

/** @returns {Promise<void>} */
function made() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore("any");
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      request.result.close();
      resolve();
    };
  });
}

/** @returns {Promise<void>} */
function removed() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(NAME);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => resolve();
  });
}
