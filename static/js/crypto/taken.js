/**
 * Tells whether the centre has taken a rescue file: its signature over the file's hash. Only then does
 * whoever carries the file let go of it. Knows nothing of what is in it.
 */
import { concat, encode, hex, unhex } from "../sync/bytes.js";
import { signedBy } from "./centre.js";

const DOMAIN = encode("fieldlog-rescue-taken/1");

/** @param {Blob} file @returns {Promise<string>} what the centre signs for, hex */
export async function fileHash(file) {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", await file.arrayBuffer())));
}

/**
 * @param {any} answer to /sync/v1/rescue, a node's "kept" too
 * @param {string} sha256 of the file, hex
 * @param {string} centreKey
 * @returns {Promise<boolean>} false for anything but the centre's word on this very file
 */
export async function isTaken(answer, sha256, centreKey) {
  const { inc, at, sig } = answer?.up ?? {};
  if (![inc, at, sig].every((one) => typeof one === "string")) return false;
  return signedBy(centreKey, concat([DOMAIN, unhex(sha256), encode(inc), encode(at)]), sig);
}
