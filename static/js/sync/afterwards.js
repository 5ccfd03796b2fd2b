/**
 * What never holds up a record: photos and carried rescue files, in a queue of their own with its own
 * patience, one tab at a time. A conversation about records goes first, before each part.
 */
import { NotSaved } from "../store/database.js";
import { home } from "../store/home.js";
import { signedPhotos, waitingPhotos } from "../store/photos.js";
import { Pace, sendPhoto } from "./blobs.js";
import { handOn } from "./carrying.js";
import { Refusal } from "./http.js";
import { backoff } from "./retry.js";

/** How often a store is asked what became of a photo that it has. */
const ASK_EVERY_MS = 15 * 60 * 1000;
const RETENTION_MS = 72 * 3600 * 1000;

/** @typedef {import("../store/database.js").Database} Database */
/** @typedef {import("../store/photos.js").PhotoRow} PhotoRow */

const pace = new Pace();
let failures = 0;
/** On the page's own clock, which never jumps. */
let notBefore = 0;
let askedAt = -Infinity;

/**
 * @param {Database} db
 * @param {import("./http.js").Peer} peer
 * @param {string} centreKey
 * @param {{turn: () => Promise<void>, again: () => void, hurry?: boolean}} way turn: resolves when no record is on
 *   its way; again: a file came farther, and may hold what this phone waits to hear of;
 *   hurry: somebody tapped, so nothing is too early
 * @returns {Promise<number>} ms until it should be tried again; 0 if nothing is left to do
 */
export async function sendAfterwards(db, peer, centreKey, { turn, again, hurry = false }) {
  const now = performance.now();
  if (!hurry && now < notBefore) return notBefore - now;
  const isDue = hurry || now - askedAt >= ASK_EVERY_MS;
  if (isDue) askedAt = now;
  try {
    if (await handOn(db, peer, centreKey, turn)) again();
    await sendPhotos(db, peer, centreKey, turn, isDue);
    failures = 0;
    return (await waitingPhotos(db)).length ? ASK_EVERY_MS : 0;
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof NotSaved)) throw error;
    const refusal = error instanceof Refusal ? error : null;
    const wait = refusal?.kind === "auth" ? ASK_EVERY_MS : backoff(failures, Math.random(), refusal?.after) * 1000;
    failures += 1;
    notBefore = performance.now() + wait;
    return wait;
  }
}

/**
 * @param {Database} db
 * @param {import("./http.js").Peer} peer
 * @param {string} centreKey
 * @param {() => Promise<void>} turn
 * @param {boolean} isDue whether to ask also for what the home store has already
 */
async function sendPhotos(db, peer, centreKey, turn, isDue) {
  const last = await home(db);
  const now = last?.now ?? "";
  const waiting = await waitingPhotos(db);
  const asked = isDue ? await doubtful(db, last) : [];
  for (const photo of [...waiting.filter((one) => isDue || one.state === "phone"), ...asked]) {
    await turn();
    await sendPhoto(db, peer, centreKey, photo, { pace, turn, now });
  }
}

/**
 * Photos that the centre has signed for, but may have lost with a copy that it was restored from, or that
 * may be let go now.
 *
 * @param {Database} db
 * @param {import("../store/home.js").Home | null} last
 * @returns {Promise<PhotoRow[]>}
 */
async function doubtful(db, last) {
  const inc = await centresLife(db, last);
  const before = Date.parse(last?.now ?? "") - RETENTION_MS;
  const signed = await signedPhotos(db);
  return signed.filter((one) => one.signed && (one.signed.inc !== inc || Date.parse(one.signed.at) <= before));
}

/** @param {Database} db @param {import("../store/home.js").Home | null} last @returns {Promise<string | null>} the centre's inc as last heard */
async function centresLife(db, last) {
  if (last?.role === "centre") return last.inc;
  const logs = await db.table("logs").orderBy("order").reverse().toArray();
  return logs.find((log) => log.up)?.up.inc ?? null;
}
