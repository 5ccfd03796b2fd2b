/**
 * The push as bytes, and the limits of protocol 1. Twin of sync/messages/. Knows nothing of storage
 * or HTTP.
 */
import { concat, encode } from "./bytes.js";

export const PROTO = "1";
export const PAYLOAD_MAX = 64 * 1024;
export const BATCH_ENTRIES = 2000;
export const BATCH_BYTES = 1024 * 1024;
export const LOGS_MAX = 64;
/** Bytes set aside for the header line of a section. */
export const HEADER_ROOM = 1024;

const RESULTS = new Set(["ok", "gap", "fork", "head_mismatch", "not_yours", "too_large"]);
const LOG = /^[0-9a-f]{32}$/;
const HASH = /^[0-9a-f]{64}$/;

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
 * @property {Record<string, string>} ref bundle to content hash; empty for a revoked device
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
  if (!isObject(answer) || !Array.isArray(answer.logs)) return null;
  if (!["store", "inc", "now"].every((key) => typeof answer[key] === "string")) return null;
  if (answer.role !== "node" && answer.role !== "centre") return null;
  const logs = answer.logs.map(readResult);
  return logs.includes(null) ? null : { ...answer, logs, ref: isObject(answer.ref) ? answer.ref : {} };
}

/** @param {any} raw @returns {Result | null} */
function readResult(raw) {
  if (!isObject(raw) || !LOG.test(raw.log) || !RESULTS.has(raw.r) || !isPoint(raw)) return null;
  if (raw.r === "too_large" && !Number.isSafeInteger(raw.seq)) return null;
  return { ...raw, q: readFaults(raw.q), up: readUp(raw.up) };
}

/** @param {any} raw @returns {Up | null} what makes no sense is nothing known */
function readUp(raw) {
  if (!isObject(raw) || !isPoint(raw)) return null;
  const signed = ["inc", "at", "sig"].every((key) => typeof raw[key] === "string");
  return signed ? { ...raw, q: readFaults(raw.q) } : null;
}

/** @param {any} raw @returns {Quarantined[]} */
function readFaults(raw) {
  return Array.isArray(raw) ? raw.filter((one) => Number.isSafeInteger(one?.seq)) : [];
}

/** @param {any} raw whether it names a place in a chain */
function isPoint(raw) {
  return Number.isSafeInteger(raw.have) && raw.have >= 0 && HASH.test(raw.hash);
}

/** @param {any} value */
function isObject(value) {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
