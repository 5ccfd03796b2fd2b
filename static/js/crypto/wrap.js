/**
 * Wraps a phone's data key: by a PIN, which is made costly to guess, or by a passkey's secret, which can't be
 * guessed. Knows nothing of storage, nor of how often one may try.
 */
import { encode } from "../sync/bytes.js";

/** As OWASP asks of PBKDF2-SHA256; kept with each wrap, so that it may grow. */
export const ROUNDS = 600_000;
const GCM = { name: "AES-GCM", length: 256 };

/**
 * @typedef {object} Wrapped
 * @property {"pin" | "passkey"} by
 * @property {Uint8Array} salt
 * @property {number} [rounds] of a PIN
 * @property {Uint8Array} [credential] id of a passkey
 * @property {Uint8Array} iv
 * @property {Uint8Array} box the raw key, sealed
 */

/** @param {string} pin @param {string} place @param {Uint8Array} raw @param {number} [rounds] @returns {Promise<Wrapped>} */
export async function wrapWithPin(pin, place, raw, rounds = ROUNDS) {
  const salt = fresh(16);
  return { by: "pin", salt, rounds, ...(await boxed(await fromPin(pin, salt, rounds), place, raw)) };
}

/** @param {Uint8Array} secret that the passkey gives @param {Uint8Array} credential @param {string} place @param {Uint8Array} raw @returns {Promise<Wrapped>} */
export async function wrapWithPasskey(secret, credential, place, raw) {
  const salt = fresh(16);
  return { by: "passkey", salt, credential, ...(await boxed(await fromSecret(secret, salt), place, raw)) };
}

/**
 * @param {string | Uint8Array} secret the PIN, or what the passkey gives
 * @param {string} place
 * @param {Wrapped} wrapped
 * @returns {Promise<Uint8Array<ArrayBuffer> | null>} the raw key; null: it is another's, or wrong
 */
export async function unwrap(secret, place, { salt, rounds = ROUNDS, iv, box }) {
  const key = await (typeof secret === "string" ? fromPin(secret, salt, rounds) : fromSecret(secret, salt));
  try {
    return new Uint8Array(await crypto.subtle.decrypt(bound(iv, place), key, /** @type {BufferSource} */ (box)));
  } catch {
    return null;
  }
}

/** @param {CryptoKey} key @param {string} place @param {Uint8Array} raw */
async function boxed(key, place, raw) {
  const iv = fresh(12);
  return { iv, box: new Uint8Array(await crypto.subtle.encrypt(bound(iv, place), key, /** @type {BufferSource} */ (raw))) };
}

/** @param {string} pin @param {Uint8Array} salt @param {number} iterations */
async function fromPin(pin, salt, iterations) {
  const from = await crypto.subtle.importKey("raw", encode(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: /** @type {BufferSource} */ (salt), iterations };
  return crypto.subtle.deriveKey(how, from, GCM, false, ["encrypt", "decrypt"]);
}

/** @param {Uint8Array} secret @param {Uint8Array} salt */
async function fromSecret(secret, salt) {
  const from = await crypto.subtle.importKey("raw", /** @type {BufferSource} */ (secret), "HKDF", false, ["deriveKey"]);
  const how = /** @type {HkdfParams} */ ({ name: "HKDF", hash: "SHA-256", salt, info: encode("fieldlog-passkey/1 wrap") });
  return crypto.subtle.deriveKey(how, from, GCM, false, ["encrypt", "decrypt"]);
}

/** @param {Uint8Array} iv @param {string} place */
function bound(iv, place) {
  return { name: "AES-GCM", iv: /** @type {BufferSource} */ (iv), additionalData: encode(`fieldlog-wrap/1 ${place}`) };
}

/** @param {number} count */
function fresh(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}
