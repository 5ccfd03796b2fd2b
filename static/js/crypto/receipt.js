/**
 * Tells whether a receipt was signed by the centre: ECDSA P-256 over log, have, hash, inc and time.
 * Only a receipt that passes here may say "Hos centralen" or let anything go. Knows nothing of storage.
 */
import { concat, encode, u64, unhex } from "../sync/bytes.js";
import { signedBy } from "./centre.js";

const DOMAIN = encode("fieldlog-receipt/1");

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
  let message;
  try {
    message = receiptMessage(log, receipt);
  } catch {
    return false;
  }
  return signedBy(centreKey, message, receipt.sig);
}

/** @param {string} log @param {Receipt} receipt @returns {Uint8Array} the signed bytes */
export function receiptMessage(log, { have, hash, inc, at }) {
  return concat([DOMAIN, unhex(log), u64(have), unhex(hash), encode(inc), encode(at)]);
}
