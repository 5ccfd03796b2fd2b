/**
 * The author's rules: which section to send next, and what an answer means for one's own log. Twin of
 * sync/sender.py. Pure but for hashing: it neither stores nor sends.
 */
import { BATCH_BYTES, BATCH_ENTRIES, HEADER_ROOM } from "./messages.js";

/**
 * @typedef {object} Source a log as its author holds it
 * @property {string} log
 * @property {number} base highest seq that was let go
 * @property {number} head its last seq
 * @property {number} unsent entries that lack the centre's receipt
 * @property {string} app
 * @property {(seq: number) => Promise<string>} hashAt from base to head
 * @property {(first: number, most: number, room: number) => Promise<import("./messages.js").Line[]>} lines
 *   entries from `first` on, at most `most` and about `room` bytes, one at least
 */

/**
 * @typedef {{do: "sent", have: number}
 *   | {do: "behind", have: number}
 *   | {do: "rotate", why: string}
 *   | {do: "again"}
 *   | {do: "set_aside", seq: number}
 *   | {do: "not_yours"}} Step
 */

/**
 * @param {Source} source
 * @param {number} known what the other end is believed to have
 * @param {{now: string, most?: number, room?: number}} limits
 * @returns {Promise<import("./messages.js").Section | null>} null when there is nothing to send
 */
export async function nextSection(source, known, { now, most = BATCH_ENTRIES, room = BATCH_BYTES }) {
  const first = Math.max(known, source.base) + 1;
  if (first > source.head) return null;
  const lines = await source.lines(first, most, room - HEADER_ROOM);
  const { log, base, unsent, app } = source;
  const prev = await source.hashAt(first - 1);
  const head = await source.hashAt(first + lines.length - 1);
  return { log, base, first, prev, head, lines, now, unsent, app };
}

/**
 * What an answer about one's own log asks for.
 *
 * @param {Source} source
 * @param {import("./messages.js").Result} result
 * @param {"node" | "centre"} role of the store that answered
 * @returns {Promise<Step>}
 */
export async function weigh(source, result, role) {
  if (result.r === "not_yours") return { do: "not_yours" };
  if (result.r === "fork") return { do: "rotate", why: "fork" };
  if (result.r === "head_mismatch") return { do: "again" };
  if (result.r === "too_large") return { do: "set_aside", seq: Number(result.seq) };
  const { have, hash } = result;
  if (have < source.base) return restored(source, role);
  if (!(await isOurs(source, have, hash))) return { do: "rotate", why: "fork" };
  return { do: result.r === "gap" ? "behind" : "sent", have };
}

/**
 * What the centre's verified receipt asks for, when it came by way of a node.
 *
 * @param {Source} source
 * @param {import("./messages.js").Up} up
 * @returns {Promise<Step>}
 */
export async function weighReceipt(source, up) {
  if (up.have < source.base) return { do: "rotate", why: "restored" };
  if (!(await isOurs(source, up.have, up.hash))) return { do: "rotate", why: "fork" };
  return { do: "sent", have: up.have };
}

/**
 * @param {Source} source from base to head
 * @param {number} have
 * @param {string} hash
 * @returns {Promise<boolean>} whether the other end's chain is ours, as far as it goes
 */
export async function isOurs(source, have, hash) {
  return have >= source.base && have <= source.head && hash === (await source.hashAt(have));
}

/**
 * The store has less than what we let go. A node can be led on from our base; the centre was restored
 * from a copy, and what we hold must be written again.
 *
 * @param {Source} source
 * @param {"node" | "centre"} role
 * @returns {Step}
 */
function restored(source, role) {
  return role === "centre" ? { do: "rotate", why: "restored" } : { do: "behind", have: source.base };
}
