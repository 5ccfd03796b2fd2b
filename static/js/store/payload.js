/**
 * Composes what an author writes: the exact bytes of one payload, made once and never made again.
 * Knows the common keys of a record, not where it is stored.
 */
import { base64url, encode, hex, random } from "../sync/bytes.js";
import { PAYLOAD_MAX } from "../sync/messages.js";

/** The payload is larger than any store takes. */
export class TooLarge extends Error {}

/**
 * @typedef {object} Written
 * @property {string} rid
 * @property {number} v
 * @property {string} t
 * @property {string} at
 * @property {string} by
 * @property {string} org
 * @property {string} s
 * @property {Record<string, any>} body
 */

/**
 * @param {string} t
 * @param {Record<string, any>} body
 * @param {{rid?: string, by: string, org: string, at?: Date}} common
 * @returns {{record: Written, bytes: Uint8Array}}
 */
export function compose(t, body, { rid, by, org, at = new Date() }) {
  const record = { rid: rid ?? uuid7(at), v: 1, t, at: localTime(at), by, org, s: base64url(random(16)), body };
  const bytes = encode(JSON.stringify(record));
  if (bytes.length > PAYLOAD_MAX) throw new TooLarge(`${bytes.length} bytes`);
  return { record, bytes };
}

/** @param {Date} [at] @returns {string} a UUID of version 7: time first, so that later ids sort later */
export function uuid7(at = new Date()) {
  const bytes = random(16);
  let millis = Math.max(0, at.getTime());
  for (let i = 5; i >= 0; i -= 1) {
    bytes[i] = millis % 256;
    millis = Math.floor(millis / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return hex(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** @param {Date} at @returns {string} RFC 3339 in the phone's own zone, "2026-11-22T21:40:07+01:00" */
export function localTime(at) {
  const offset = -at.getTimezoneOffset();
  const shifted = new Date(at.getTime() + offset * 60_000).toISOString().slice(0, 19);
  const minutes = Math.abs(offset);
  const zone = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${shifted}${offset < 0 ? "-" : "+"}${zone}`;
}

/** @param {number} number */
function two(number) {
  return String(number).padStart(2, "0");
}
