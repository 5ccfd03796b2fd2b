/**
 * Seals bytes under a phone's data key, and opens them: AES-256-GCM, a fresh IV each time, bound to the place
 * where they lie, so that no sealed row can be passed off as another. Twin of sync/rescue/locked.py. Knows
 * nothing of storage, nor of who may open it.
 *
 * Sealed bytes: 1 (version), key's id (8), IV (12), ciphertext with its tag.
 */
import { concat, encode, hex, unhex } from "../sync/bytes.js";

const VERSION = 1;
const ID = 8;
const IV = 12;
const HEAD = 1 + ID + IV;

/** @typedef {{id: string, key: CryptoKey}} DataKey  id: 16 hex digits */

/** @param {string} id @param {Uint8Array} raw 32 bytes @returns {Promise<DataKey>} that can't be exported again */
export async function dataKey(id, raw) {
  const key = await crypto.subtle.importKey("raw", /** @type {BufferSource} */ (raw), "AES-GCM", false, ["encrypt", "decrypt"]);
  return { id, key };
}

/** @param {DataKey} key @param {string} place @param {Uint8Array} bytes @returns {Promise<Uint8Array<ArrayBuffer>>} */
export async function seal({ id, key }, place, bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(IV));
  const sealed = await crypto.subtle.encrypt(how(iv, place), key, /** @type {BufferSource} */ (bytes));
  const named = unhex(id);
  return concat([Uint8Array.of(VERSION), named, iv, new Uint8Array(sealed)]);
}

/**
 * @param {DataKey} key
 * @param {string} place
 * @param {Uint8Array} sealed
 * @returns {Promise<Uint8Array<ArrayBuffer> | null>} null: not what was sealed there
 */
export async function unseal({ key }, place, sealed) {
  const iv = sealed.subarray(1 + ID, HEAD);
  try {
    const bytes = /** @type {BufferSource} */ (sealed.subarray(HEAD));
    return new Uint8Array(await crypto.subtle.decrypt(how(iv, place), key, bytes));
  } catch {
    return null;
  }
}

/** @param {any} sealed @returns {string} the id of the key it needs; "" for what was never sealed by this version */
export function keyOf(sealed) {
  const isOurs = sealed instanceof Uint8Array && sealed[0] === VERSION && sealed.length > HEAD;
  return isOurs ? hex(sealed.subarray(1, 1 + ID)) : "";
}

/** @param {Uint8Array} iv @param {string} place */
function how(iv, place) {
  return { name: "AES-GCM", iv: /** @type {BufferSource} */ (iv), additionalData: encode(`fieldlog-sealed/1 ${place}`) };
}
