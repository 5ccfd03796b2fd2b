/**
 * A secret from the phone's own passkey: the screen lock, a finger or a face gives it, no other phone can, and
 * it can't be guessed (WebAuthn PRF). Knows nothing of what it is for.
 */
import { encode, random } from "../sync/bytes.js";

const SALT = encode("fieldlog-at-rest/1");
const WAIT_MS = 60_000;

/** @returns {Promise<boolean>} whether this phone may have one that gives secrets; only making it says for sure */
export async function mayHavePasskey() {
  if (typeof PublicKeyCredential === "undefined") return false;
  const told = await /** @type {any} */ (PublicKeyCredential).getClientCapabilities?.();
  return told?.["extension:prf"] === true && (await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable());
}

/** @returns {Promise<{secret: Uint8Array, credential: Uint8Array} | null>} null: broken off, or it gives no secrets */
export async function makePasskey() {
  const name = "fieldlog";
  try {
    const made = await navigator.credentials.create({
      publicKey: {
        challenge: bytes(random(32)),
        rp: { name },
        user: { id: bytes(random(16)), name, displayName: name },
        pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
        authenticatorSelection: { authenticatorAttachment: "platform", residentKey: "preferred", userVerification: "required" },
        extensions: /** @type {any} */ ({ prf: {} }),
        timeout: WAIT_MS,
      },
    });
    const credential = new Uint8Array(/** @type {any} */ (made).rawId);
    const secret = await passkeySecret(credential);
    return secret && { secret, credential };
  } catch {
    return null;
  }
}

/** @param {Uint8Array} credential its id @returns {Promise<Uint8Array | null>} null: broken off, or it is no more */
export async function passkeySecret(credential) {
  try {
    const got = await navigator.credentials.get({
      publicKey: {
        challenge: bytes(random(32)),
        allowCredentials: [{ type: "public-key", id: bytes(credential) }],
        userVerification: "required",
        extensions: /** @type {any} */ ({ prf: { eval: { first: SALT } } }),
        timeout: WAIT_MS,
      },
    });
    const { prf } = /** @type {any} */ (got).getClientExtensionResults();
    return prf?.results?.first ? new Uint8Array(prf.results.first) : null;
  } catch {
    return null;
  }
}

/** @param {Uint8Array} some */
const bytes = (some) => /** @type {BufferSource} */ (some);
