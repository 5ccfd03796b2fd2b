/**
 * Rows as text and back, with bytes as base64url under `$bytes`. Knows nothing of what they mean.
 */
import { base64url, unbase64 } from "../sync/bytes.js";

/** @param {any} value @returns {string} what can't be said in JSON is told by its name */
export function plain(value) {
  try {
    return JSON.stringify(value, (_, one) => (one instanceof Uint8Array ? { $bytes: bytesAsText(one) } : one)) ?? "null";
  } catch {
    return JSON.stringify(String(value));
  }
}

/** @param {string} text @returns {any} */
export function fromPlain(text) {
  return JSON.parse(text, (_, one) => (typeof one?.$bytes === "string" ? unbase64(one.$bytes) : one));
}

/** @param {Uint8Array} bytes in pieces: one call takes no million arguments */
function bytesAsText(bytes) {
  let text = "";
  for (let i = 0; i < bytes.length; i += 30_000) text += base64url(bytes.subarray(i, i + 30_000));
  return text;
}
