/**
 * The centre's word that it has a photo, as it stands in one header: read, and checked. Twin of
 * sync/blobs.py. Knows nothing of storage or HTTP.
 */
import { concat, encode, u64, unhex } from "../sync/bytes.js";
import { signedBy } from "./centre.js";

const DOMAIN = encode("fieldlog-blob/1");
const WORD = /^([0-9a-f]{1,64}) ([0-9A-Za-z:.+-]{1,40}) ([A-Za-z0-9_-]{86})$/;

/** @typedef {{inc: string, at: string, sig: string}} Word */

/** @param {string | null} header @returns {Word | null} null if it says nothing, or nothing that makes sense */
export function readWord(header) {
  const [, inc, at, sig] = WORD.exec(header ?? "") ?? [];
  return sig ? { inc, at, sig } : null;
}

/**
 * @param {string} centreKey
 * @param {{sha256: string, size: number}} photo
 * @param {Word} word
 * @returns {Promise<boolean>}
 */
export function isCentres(centreKey, photo, word) {
  return signedBy(centreKey, photoMessage(photo, word), word.sig);
}

/** @param {{sha256: string, size: number}} photo @param {{inc: string, at: string}} word @returns {Uint8Array} the signed bytes */
export function photoMessage({ sha256, size }, { inc, at }) {
  return concat([DOMAIN, unhex(sha256), u64(size), encode(inc), encode(at)]);
}
