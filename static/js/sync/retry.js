/**
 * What an HTTP answer means for a sender, and how long to wait. Twin of sync/retry.py. Pure.
 */
import { PROTO } from "./messages.js";

const WAIT_MIN_S = 2;
const WAIT_MAX_S = 15 * 60;
const RETRYABLE = new Set([408, 425, 429]);

/** @typedef {"ok" | "retryable" | "auth" | "halve" | "plain" | "refused"} Class */

/**
 * Without the protocol's header somebody else has answered, a captive portal say, and only a size or a
 * packing that the way itself refuses is taken at its word. `refused` is an answer that no retry will
 * better: keep everything, show it, try again as slowly as one may.
 *
 * @param {number} status
 * @param {Headers} headers
 * @returns {Class}
 */
export function classify(status, headers) {
  if (status === 413) return "halve";
  if (status === 415) return "plain";
  if (!speaksProtocol(headers)) return "retryable";
  if (status >= 200 && status < 300) return "ok";
  if (RETRYABLE.has(status) || status < 400 || status >= 500) return "retryable";
  return status === 401 || status === 403 ? "auth" : "refused";
}

/** @param {Headers} headers @returns {boolean} whether a store of our protocol has answered */
export function speaksProtocol(headers) {
  return headers.get("Fieldlog-Proto")?.trim() === PROTO;
}

/** @param {Headers} headers @returns {number | null} seconds that the store asked us to wait, within bounds */
export function retryAfter(headers) {
  const value = headers.get("Retry-After")?.trim() ?? "";
  return /^[0-9]+$/.test(value) ? Math.min(Number(value), WAIT_MAX_S) : null;
}

/**
 * @param {number} attempt 0 after the first failure
 * @param {number} chance from 0 up to 1: spreads those who failed together
 * @param {number | null} [after] the least, if the store gave one
 * @returns {number} seconds before that try
 */
export function backoff(attempt, chance, after = null) {
  const ceiling = Math.min(WAIT_MAX_S, WAIT_MIN_S * 2 ** Math.min(attempt + 1, 20));
  const wait = WAIT_MIN_S + chance * (ceiling - WAIT_MIN_S);
  return Math.min(WAIT_MAX_S, after === null ? wait : after + wait - WAIT_MIN_S);
}
