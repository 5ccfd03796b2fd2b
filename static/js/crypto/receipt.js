/**
 * Tells whether a receipt was signed by the centre: ECDSA P-256 over log, have, hash, inc and time.
 * Only a receipt that passes here may say "Hos centralen" or let anything go. Knows nothing of storage.
 */
import { concat, encode, u64, unbase64, unhex } from "../sync/bytes.js";

const DOMAIN = encode("fieldlog-receipt/1");
const CURVE = { name: "ECDSA", namedCurve: "P-256" };

/**
 * @typedef {object} Receipt
 * @property {number} have
 * @property {string} hash
 * @property {string} inc
 * @property {string} at
 * @property {string} sig raw r‖s, base64url
 */

/**
 * @param {string} centreKey the centre's public key, SPKI as PEM or base64
 * @param {string} log
 * @param {Receipt} receipt
 * @returns {Promise<boolean>} false for anything malformed as well
 */
export async function verify(centreKey, log, receipt) {
  try {
    const key = await imported(centreKey);
    const message = /** @type {BufferSource} */ (receiptMessage(log, receipt));
    return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, unbase64(receipt.sig), message);
  } catch {
    return false;
  }
}

/** @param {string} log @param {Receipt} receipt @returns {Uint8Array} the signed bytes */
export function receiptMessage(log, { have, hash, inc, at }) {
  return concat([DOMAIN, unhex(log), u64(have), unhex(hash), encode(inc), encode(at)]);
}

/** @type {Map<string, Promise<CryptoKey>>} */
const keys = new Map();

/** @param {string} text */
function imported(text) {
  const known = keys.get(text);
  if (known) return known;
  const spki = unbase64(text.replace(/-----[^-]+-----/g, "").replace(/\s/g, ""));
  const key = crypto.subtle.importKey("spki", spki, CURVE, false, ["verify"]);
  keys.set(text, key);
  return key;
}
