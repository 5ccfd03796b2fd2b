/**
 * The hash chain of a log, by WebCrypto. Twin of sync/chain.py; hashes are hex text here, since that is
 * how both the wire and the phone's store hold them. Every digest is asynchronous and would end an
 * IndexedDB transaction that awaits it: hash first, then write.
 */
import { concat, encode, hex, u64, unhex } from "./bytes.js";

const DOMAIN = encode("fieldlog/1");

/** @param {string} log 32 hex digits @returns {Promise<string>} h_0 */
export async function genesis(log) {
  return hex(await sha256(concat([DOMAIN, unhex(log)])));
}

/** @param {Uint8Array} payload @returns {Promise<string>} */
export async function digest(payload) {
  return hex(await sha256(payload));
}

/** @param {string} prev @param {number} seq @param {string} payloadDigest @returns {Promise<string>} h_seq */
export async function link(prev, seq, payloadDigest) {
  return hex(await sha256(concat([unhex(prev), u64(seq), unhex(payloadDigest)])));
}

/**
 * @param {string} prev hash before `first`
 * @param {number} first
 * @param {string[]} digests
 * @returns {Promise<string[]>} the hash after each
 */
export async function fold(prev, first, digests) {
  const hashes = [];
  for (const [i, one] of digests.entries()) {
    prev = await link(prev, first + i, one);
    hashes.push(prev);
  }
  return hashes;
}

/** @param {Uint8Array} bytes @returns {Promise<Uint8Array>} */
async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {BufferSource} */ (bytes)));
}
