/**
 * One whole conversation with the home store: ask what it has, push until it has all, fetch the reference
 * data that changed. Repeating any of it, in any tab, at any time, changes nothing.
 */
import { bundleHash, keepBundle } from "../store/bundles.js";
import { recall, remember } from "../store/database.js";
import { home, keepHome } from "../store/home.js";
import { openLogs } from "../store/outbox.js";
import { ease, fullSize, gather, leaveBehind } from "./batch.js";
import { digestAnswer } from "./digest.js";
import { Refusal } from "./http.js";
import { LOGS_MAX } from "./messages.js";

/** Bundles in the order in which they are applied: what was erased first. */
const BUNDLES = ["erased", "places", "categories", "plan", "conditions", "messages"];
/** Answers in a row that bring nothing forward before we wait and try again later. */
const PATIENCE = 3;
const COOKIE_RENEWED_MS = 30 * 24 * 3600 * 1000;

/** @typedef {import("../store/database.js").Database} Database */
/** @typedef {import("./http.js").Peer} Peer */

/**
 * @param {Database} db
 * @param {Peer} peer
 * @param {string} centreKey
 * @returns {Promise<void>} rejects with Refusal; whatever was learned before it stays learned
 */
export async function converse(db, peer, centreKey) {
  const revoked = await ask(db, peer, centreKey);
  await pushAll(db, peer, centreKey);
  if (revoked) throw revoked;
  await fetchBundles(db, peer, (await home(db))?.ref ?? {});
  await renewCookie(db, peer);
}

/**
 * By its cookie the browser is known again should its storage be cleared. Browsers keep it 400 days at
 * most, and a phone enrolled by the first release has none yet.
 *
 * @param {Database} db
 * @param {Peer} peer
 */
async function renewCookie(db, peer) {
  const at = (await recall(db, "cookieAt")) ?? 0;
  if (Math.abs(Date.now() - at) < COOKIE_RENEWED_MS) return;
  try {
    await peer.device();
  } catch (error) {
    // No reason to call the conversation failed; an older store, which knows of no cookie, is not asked again soon.
    if (!(error instanceof Refusal)) throw error;
    if (error.kind !== "refused") return;
  }
  await remember(db, "cookieAt", Date.now());
}

/**
 * What has the store, and does it know of the centre? A revoked device gets no answer, but its records are
 * still taken, into quarantine.
 *
 * @param {Database} db
 * @param {Peer} peer
 * @param {string} centreKey
 * @returns {Promise<Refusal | null>}
 */
async function ask(db, peer, centreKey) {
  try {
    // All of them, also those that the centre has signed for: it may have been restored since.
    const logs = (await openLogs(db)).slice(-LOGS_MAX);
    await take(db, await peer.status(logs.map((row) => row.log)), centreKey);
    return null;
  } catch (error) {
    if (error instanceof Refusal && error.kind === "auth" && error.reason === "403") return error;
    throw error;
  }
}

/**
 * @param {Database} db
 * @param {Peer} peer
 * @param {string} centreKey
 */
async function pushAll(db, peer, centreKey) {
  const size = fullSize();
  for (let idle = 0; idle < PATIENCE; ) {
    const sections = await gather(db, (await home(db)) ?? { store: "", inc: "" }, size);
    if (!sections.length) return;
    try {
      const answer = await peer.push(sections);
      idle = (await take(db, answer, centreKey)) ? 0 : idle + 1;
    } catch (error) {
      if (!ease(error, peer, size, sections) && !(await leaveBehind(db, error, sections))) throw error;
    }
  }
  throw new Refusal("retryable", "stuck");
}

/**
 * @param {Database} db
 * @param {import("./messages.js").Answer} answer
 * @param {string} centreKey
 * @returns {Promise<boolean>} whether it brought any log forward
 */
async function take(db, answer, centreKey) {
  await keepHome(db, answer);
  return digestAnswer(db, answer, centreKey);
}

/**
 * @param {Database} db
 * @param {Peer} peer
 * @param {Record<string, string>} ref
 */
async function fetchBundles(db, peer, ref) {
  for (const name of BUNDLES) {
    const sha256 = ref[name];
    if (!sha256 || sha256 === (await bundleHash(name, db))) continue;
    try {
      await keepBundle(name, sha256, await peer.bundle(name, sha256), db);
    } catch (error) {
      // Made anew between the answer and the question: the next answer names it again.
      if (!(error instanceof Refusal) || error.kind !== "refused") throw error;
    }
  }
}
