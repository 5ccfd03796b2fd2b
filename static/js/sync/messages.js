/**
 * The push as bytes, and the limits of protocol 1. Twin of sync/messages.py. Knows nothing of storage
 * or HTTP.
 */
import { concat, encode } from "./bytes.js";

export const PROTO = "1";
export const PAYLOAD_MAX = 64 * 1024;
export const BATCH_ENTRIES = 2000;
export const BATCH_BYTES = 1024 * 1024;
export const LOGS_MAX = 64;

/**
 * @typedef {object} Line one entry on its way; without payload when only its digest is left
 * @property {string} digest
 * @property {Uint8Array | null} payload
 */

/**
 * @typedef {object} Section
 * @property {string} log
 * @property {number} base
 * @property {number} first
 * @property {string} prev
 * @property {string} head
 * @property {Line[]} lines
 * @property {string} now
 * @property {number} unsent
 * @property {string} app
 */

/** @typedef {{seq: number, code: string, message: string}} Quarantined */

/**
 * @typedef {object} Up what is known of the centre for a log
 * @property {string} r
 * @property {number} have
 * @property {string} hash
 * @property {string} inc
 * @property {string} at
 * @property {string} sig
 * @property {Quarantined[]} q
 */

/**
 * @typedef {object} Result
 * @property {string} log
 * @property {string} r
 * @property {number} have
 * @property {string} hash
 * @property {Quarantined[]} q
 * @property {Up | null} up
 * @property {number} [seq]
 */

/**
 * @typedef {object} Answer
 * @property {string} store
 * @property {"node" | "centre"} role
 * @property {string} inc
 * @property {string} now
 * @property {Result[]} logs
 * @property {Record<string, string>} [ref]
 */

/** @param {Section[]} sections @returns {Uint8Array<ArrayBuffer>} */
export function render(sections) {
  const newline = encode("\n");
  const parts = [];
  for (const section of sections) {
    parts.push(encode(header(section)), newline);
    for (const line of section.lines) parts.push(line.payload ?? encode(`!${line.digest}`), newline);
  }
  return concat(parts);
}

/** @param {Section} section */
function header({ log, base, first, lines, prev, head, now, unsent, app }) {
  return JSON.stringify({ log, base, from: first, n: lines.length, prev, head, now, unsent, app });
}

/**
 * @param {unknown} value what the JSON of an answer held
 * @returns {Answer | null} null if it has not the shape of an answer, whatever its status said
 */
export function readAnswer(value) {
  const answer = /** @type {any} */ (value);
  if (!answer || typeof answer !== "object" || !Array.isArray(answer.logs)) return null;
  const named = ["store", "role", "inc", "now"].every((key) => typeof answer[key] === "string");
  return named && answer.logs.every(isResult) ? answer : null;
}

/** @param {any} result */
function isResult(result) {
  return (
    typeof result?.log === "string" &&
    typeof result.r === "string" &&
    Number.isSafeInteger(result.have) &&
    typeof result.hash === "string" &&
    Array.isArray(result.q)
  );
}
