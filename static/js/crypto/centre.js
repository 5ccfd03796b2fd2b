/**
 * The centre's public key, which came with enrolment, in its two uses: to check what the centre signed,
 * and to seal what only the centre may open (docs/decisions says why one key may serve both).
 */
import { hex, unbase64 } from "../sync/bytes.js";

const CURVE = "P-256";

/**
 * @param {string} centreKey SPKI as PEM or base64
 * @param {Uint8Array} message
 * @param {string} sig ECDSA, raw r‖s, base64url
 * @returns {Promise<boolean>} false for anything malformed as well
 */
export async function signedBy(centreKey, message, sig) {
  try {
    const key = await checking(centreKey);
    const bytes = /** @type {BufferSource} */ (message);
    return await crypto.subtle.verify({ name: "ECDSA", hash: "SHA-256" }, key, unbase64(sig), bytes);
  } catch {
    return false;
  }
}

/** @param {string} centreKey @returns {Promise<{key: CryptoKey, fingerprint: string}>} to seal for it */
export async function sealingKey(centreKey) {
  const spki = bytesOf(centreKey);
  const key = await crypto.subtle.importKey("spki", spki, { name: "ECDH", namedCurve: CURVE }, false, []);
  return { key, fingerprint: hex(new Uint8Array(await crypto.subtle.digest("SHA-256", spki))) };
}

/** @type {Map<string, Promise<CryptoKey>>} */
const known = new Map();

/** @param {string} text */
function checking(text) {
  const held = known.get(text);
  if (held) return held;
  const key = crypto.subtle.importKey("spki", bytesOf(text), { name: "ECDSA", namedCurve: CURVE }, false, ["verify"]);
  known.set(text, key);
  return key;
}

/** @param {string} text */
function bytesOf(text) {
  return unbase64(text.replace(/-----[^-]+-----/g, "").replace(/\s/g, ""));
}
