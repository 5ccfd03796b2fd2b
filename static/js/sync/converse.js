/**
 * One whole conversation with the home store: ask what it has, push until it has all, fetch the reference
 * data that changed. Repeating any of it, in any tab, at any time, changes nothing.
 */
import { bundleHash, keepBundle } from "../store/bundles.js";
import { recall, remember } from "../store/database.js";
import { Broken, knownHave, openLogs, source } from "../store/outbox.js";
import { prune } from "../store/prune.js";
import { rotate } from "../store/rotate.js";
import { digestAnswer } from "./digest.js";
import { Refusal } from "./http.js";
import { BATCH_BYTES, BATCH_ENTRIES, HEADER_ROOM, LOGS_MAX, PAYLOAD_MAX } from "./messages.js";
import { nextSection } from "./sender.js";

/** Bundles in the order in which they are applied: what was erased first. */
const BUNDLES = ["erased", "places", "categories", "plan", "messages"];
/** Answers in a row that bring nothing forward before we wait and try again later. */
const PATIENCE = 3;

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
  const batch = { entries: BATCH_ENTRIES, bytes: BATCH_BYTES };
  for (let idle = 0; idle < PATIENCE; ) {
    const sections = await gather(db, batch);
    if (!sections.length) return;
    try {
      const answer = await peer.push(sections);
      idle = (await take(db, answer, centreKey)) ? 0 : idle + 1;
    } catch (error) {
      if (!eased(error, peer, batch, sections) && !(await setAside(db, error, sections))) throw error;
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
  const { store, inc, role, ref } = answer;
  await remember(db, "home", { store, inc, role, ref });
  const forward = await digestAnswer(db, answer, centreKey);
  for (const row of await openLogs(db)) await prune(db, row.log, answer.now);
  return forward;
}

/**
 * @param {Database} db
 * @param {{entries: number, bytes: number}} batch how much one request may hold
 */
async function gather(db, batch) {
  const sections = [];
  const store = (await home(db)) ?? { store: "", inc: "" };
  let { entries: most, bytes: room } = batch;
  for (const row of (await openLogs(db)).slice(0, LOGS_MAX)) {
    if (most < 1 || room < HEADER_ROOM) break;
    const known = await knownHave(db, store, row);
    const section = await sectionOrRotate(db, row, known, { now: new Date().toISOString(), most, room });
    if (!section) continue;
    sections.push(section);
    most -= section.lines.length;
    room -= HEADER_ROOM + section.lines.reduce((sum, line) => sum + (line.payload?.length ?? 65) + 1, 0);
  }
  return sections;
}

/**
 * @param {Database} db
 * @param {import("../store/logs.js").LogRow} row
 * @param {number} known
 * @param {{now: string, most: number, room: number}} limits
 */
async function sectionOrRotate(db, row, known, limits) {
  try {
    return await nextSection(source(db, row), known, limits);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    await rotate(db, row.log, "restored");
    throw new Refusal("retryable", "rotated");
  }
}

/**
 * Makes the next request easier to take, where that can help: half as much, or not compressed.
 *
 * @param {unknown} error
 * @param {Peer} peer
 * @param {{entries: number, bytes: number}} batch
 * @param {import("./messages.js").Section[]} sections what was sent
 * @returns {boolean} whether to try at once
 */
function eased(error, peer, batch, sections) {
  if (!(error instanceof Refusal)) return false;
  if (error.kind === "plain" && !peer.plain) {
    peer.plain = true;
    return true;
  }
  const sent = countOf(sections);
  if (error.kind !== "halve" || sent <= 1) return false;
  batch.entries = Math.floor(sent / 2);
  batch.bytes = Math.max(HEADER_ROOM + PAYLOAD_MAX + 1, Math.floor(batch.bytes / 2));
  return true;
}

/**
 * One entry alone, and the store itself (no proxy before it) calls it too large: it must not hold up the rest.
 *
 * @param {Database} db
 * @param {unknown} error
 * @param {import("./messages.js").Section[]} sections
 */
async function setAside(db, error, sections) {
  if (!(error instanceof Refusal) || error.kind !== "halve" || error.reason !== "413") return false;
  if (countOf(sections) !== 1) return false;
  const [{ log, first }] = sections;
  return (await rotate(db, log, "restored", { without: first, code: "too_large" })) !== null;
}

/** @param {import("./messages.js").Section[]} sections */
function countOf(sections) {
  return sections.reduce((sum, section) => sum + section.lines.length, 0);
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

/** @param {Database} db @returns {Promise<{role: string, store: string, inc: string, ref: Record<string, string>} | null>} the store last heard */
export function home(db) {
  return recall(db, "home");
}
