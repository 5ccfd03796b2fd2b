/**
 * The author's rules: which section to send next, and what an answer means for one's own log. Twin of
 * sync/sender.py. Pure but for hashing: it neither stores nor sends.
 */
import { verify } from "../crypto/receipt.js";
import { BATCH_BYTES, BATCH_ENTRIES, HEADER_ROOM } from "./messages.js";

/**
 * @typedef {object} Source a log as its author holds it
 * @property {string} log
 * @property {number} base highest seq that was let go
 * @property {number} head its last seq
 * @property {number} unsent entries that lack the centre's receipt
 * @property {string} app
 * @property {(seq: number) => Promise<string | null>} hashAt from base to head; null where not known
 * @property {(first: number, most: number, room: number) => Promise<import("./messages.js").Line[]>} lines
 *   the unbroken run from `first`: at most `most` lines and `room` bytes with newlines
 */

/**
 * @typedef {{step: "sent", have: number}
 *   | {step: "behind", have: number}
 *   | {step: "rotate", why: "forked" | "restored"}
 *   | {step: "again"}
 *   | {step: "set_aside", seq: number}
 *   | {step: "not_yours"}} Step
 */

/**
 * @param {Source} source
 * @param {number} known what the other end is believed to have
 * @param {{now: string, most?: number, room?: number}} limits
 * @returns {Promise<import("./messages.js").Section | null>} null when there is nothing, or not even one line fits
 */
export async function nextSection(source, known, { now, most = BATCH_ENTRIES, room = BATCH_BYTES }) {
  const first = Math.max(known, source.base) + 1;
  if (first > source.head) return null;
  const lines = await source.lines(first, most, room - HEADER_ROOM);
  const { log, base, unsent, app } = source;
  if (!lines.length) return null;
  const prev = await source.hashAt(first - 1);
  const head = await source.hashAt(first + lines.length - 1);
  if (prev === null || head === null) return null;
  return { log, base, first, prev, head, lines, now, unsent, app };
}

/**
 * What to do after a result from a store of that role.
 *
 * @param {Source} source
 * @param {import("./messages.js").Result} result
 * @param {{role: "node" | "centre", again?: boolean}} context again: whether the last answer for this log
 *   was a head_mismatch already
 * @returns {Promise<Step>}
 */
export async function weigh(source, result, { role, again = false }) {
  if (result.r === "not_yours") return { step: "not_yours" };
  if (result.r === "too_large") return { step: "set_aside", seq: Number(result.seq) };
  if (result.r === "head_mismatch") return again ? { step: "rotate", why: "forked" } : { step: "again" };
  if (result.r === "fork" || (await parts(source, result)) || (await neverReachesCentre(source, result.up))) {
    return { step: "rotate", why: "forked" };
  }
  if (role === "centre" && result.have < source.base) return { step: "rotate", why: "restored" };
  if (result.r === "gap") return { step: "behind", have: Math.max(result.have, source.base) };
  return { step: "sent", have: result.have };
}

/**
 * Up to where the centre's receipt lets go, before any retention window.
 *
 * @param {Source} source
 * @param {import("./messages.js").Up | null} up
 * @param {string} centreKey
 * @returns {Promise<number>} 0 if it isn't the centre's, or isn't about our chain
 */
export async function releasable(source, up, centreKey) {
  if (!up || (await source.hashAt(up.have)) !== up.hash) return 0;
  return (await verify(centreKey, source.log, up)) ? up.have : 0;
}

/**
 * The other side's chain is not ours: entries that we don't know, or another hash where we know one.
 *
 * @param {Source} source
 * @param {{have: number, hash: string}} point
 */
async function parts(source, { have, hash }) {
  if (have > source.head) return true;
  const own = await source.hashAt(have);
  return own !== null && own !== hash;
}

/**
 * By what the node knows of it. An `up` that is merely below our base is old news from a restored node, or
 * heals by the node's own push: where it can't, the node says `fork`.
 *
 * @param {Source} source
 * @param {import("./messages.js").Up | null} up
 */
async function neverReachesCentre(source, up) {
  return up !== null && (up.r === "fork" || (await parts(source, up)));
}
