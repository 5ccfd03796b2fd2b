/**
 * Fills one request with sections up to the limits, and makes the next one easier to take when a store
 * could not take this one. Knows nothing of answers.
 */
import { Broken, knownHave, openLogs, source } from "../store/outbox.js";
import { rotate } from "../store/rotate.js";
import { Refusal } from "./http.js";
import { BATCH_BYTES, BATCH_ENTRIES, HEADER_ROOM, LOGS_MAX, PAYLOAD_MAX } from "./messages.js";
import { nextSection } from "./sender.js";

/** Bytes of the line that stands for a payload which can't be read. */
const GONE = 65;

/** @typedef {import("../store/database.js").Database} Database */
/** @typedef {import("./messages.js").Section} Section */
/** @typedef {{entries: number, bytes: number}} Size how much one request may hold */

/** @returns {Size} */
export function fullSize() {
  return { entries: BATCH_ENTRIES, bytes: BATCH_BYTES };
}

/**
 * @param {Database} db
 * @param {{store: string, inc: string}} home the store that it is for
 * @param {Size} size
 * @param {boolean} [mayRotate] a log that can't be told any more is begun anew, once
 * @returns {Promise<Section[]>} empty when the store is believed to have everything
 */
export async function gather(db, home, size, mayRotate = true) {
  let { entries: most, bytes: room } = size;
  const sections = [];
  for (const row of (await openLogs(db)).slice(0, LOGS_MAX)) {
    if (most < 1 || room < HEADER_ROOM) break;
    const known = await knownHave(db, home, row);
    const section = await sectionOrBroken(db, row, known, { now: new Date().toISOString(), most, room });
    if (section instanceof Broken) {
      if (!mayRotate) throw new Refusal("retryable", "rotated");
      await rotate(db, row.log, "restored");
      return gather(db, home, size, false);
    }
    if (!section) continue;
    sections.push(section);
    most -= section.lines.length;
    room -= HEADER_ROOM + section.lines.reduce((sum, line) => sum + (line.payload?.length ?? GONE) + 1, 0);
  }
  return sections;
}

/**
 * @param {unknown} error why a request failed
 * @param {import("./http.js").Peer} peer
 * @param {Size} size made smaller where that can help
 * @param {Section[]} sections what was sent
 * @returns {boolean} whether to try again at once
 */
export function ease(error, peer, size, sections) {
  if (!(error instanceof Refusal)) return false;
  if (error.kind === "plain" && !peer.plain) {
    peer.plain = true;
    return true;
  }
  const sent = countOf(sections);
  if (error.kind !== "halve" || sent <= 1) return false;
  size.entries = Math.floor(sent / 2);
  size.bytes = Math.max(HEADER_ROOM + PAYLOAD_MAX + 1, Math.floor(size.bytes / 2));
  return true;
}

/**
 * One entry alone, and the store itself (no proxy before it) calls it too large: it must not hold up the
 * rest, so it stays behind.
 *
 * @param {Database} db
 * @param {unknown} error
 * @param {Section[]} sections
 * @returns {Promise<boolean>} whether that was so
 */
export async function leaveBehind(db, error, sections) {
  const isStores = error instanceof Refusal && error.kind === "halve" && error.reason === "413";
  if (!isStores || countOf(sections) !== 1) return false;
  const [{ log, first }] = sections;
  return (await rotate(db, log, "restored", { without: first, code: "too_large" })) !== null;
}

/**
 * @param {Database} db
 * @param {import("../store/logs.js").LogRow} row
 * @param {number} known
 * @param {{now: string, most: number, room: number}} limits
 */
async function sectionOrBroken(db, row, known, limits) {
  try {
    return await nextSection(source(db, row), known, limits);
  } catch (error) {
    if (error instanceof Broken) return error;
    throw error;
  }
}

/** @param {Section[]} sections */
function countOf(sections) {
  return sections.reduce((sum, section) => sum + section.lines.length, 0);
}
