/**
 * Seals a rescue file: what this phone still holds, for the centre alone to open. Twin of sync/rescue.
 * Reads what it seals piece by piece, so photos need no room twice. Knows nothing of storage or HTTP.
 */
import { base64url, concat, encode, hex } from "../sync/bytes.js";
import { sealingKey } from "./centre.js";

export const RESCUE_MAX = 32 * 1024 * 1024;
const MAGIC = "fieldlog-rescue/";
const VERSION = "1";
const LINE_MAX = 2048;
const CHUNK = 256 * 1024;
const TAG = 16;
const P256 = { name: "ECDH", namedCurve: "P-256" };

/**
 * @typedef {object} Part what goes in: a push as on the wire, a row that could not be read, a photo
 * @property {"push" | "row" | "photo" | "key" | "sealed" | "sealed_push"} kind
 * @property {Uint8Array | Blob} bytes
 * @property {string} [table] of a row, or of a sealed one
 * @property {string} [key] of a row, or of a sealed one
 * @property {string} [id] of a data key
 * @property {string} [sha256] of a photo
 * @property {string} [mime] of a photo
 */

/**
 * @typedef {object} About what stands in clear, but for the token, which only proves who sealed it
 * @property {string} device
 * @property {string} store
 * @property {string} made_at
 * @property {string} app
 * @property {string | null} token without it the centre takes the file only by hand
 */

/**
 * @typedef {object} Head what anyone may read of a rescue file
 * @property {string} version
 * @property {string} device
 * @property {string} store
 * @property {string} made_at
 * @property {number} size plain bytes inside
 * @property {string} key which centre it is for
 * @property {boolean} whole whether nothing of it is missing; of a later version nobody here can tell
 */

/**
 * @param {Part[]} parts
 * @param {About} about
 * @param {string} centreKey the centre's public key, PEM
 * @returns {Promise<Blob>}
 */
export async function seal(parts, { token, ...about }, centreKey) {
  const centre = await sealingKey(centreKey);
  const once = await crypto.subtle.generateKey(P256, false, ["deriveBits"]);
  const epk = new Uint8Array(await crypto.subtle.exportKey("raw", once.publicKey));
  const said = parts.flatMap(({ kind, bytes, ...more }) => [partLine(kind, sizeOf(bytes), more), bytes]);
  const author = (/** @type {string} */ proof) => (token ? [partLine("author", 0, { proof })] : []);
  const { device, store, made_at, app } = about;
  const size = new Blob(blobParts([...author("0".repeat(64)), ...said])).size;
  const told = { key: centre.fingerprint, epk: base64url(epk), size, device, store, made_at, app };
  const line = encode(`${MAGIC}${VERSION} ${JSON.stringify(told)}\n`);
  const salt = await sha256(line);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: centre.key }, once.privateKey, 256);
  const plain = new Blob(blobParts([...author(token ? await prove(token, salt) : ""), ...said]));
  return new Blob([line, ...(await sealed(plain, await contentKey(shared, salt)))], { type: "application/octet-stream" });
}

/** @param {Blob} file @returns {Promise<Head | null>} null for what is no rescue file */
export async function head(file) {
  const start = new Uint8Array(await file.slice(0, LINE_MAX).arrayBuffer());
  const end = start.indexOf(10);
  const found = /^fieldlog-rescue\/(\d{1,6}) (.*)$/.exec(new TextDecoder().decode(start.subarray(0, Math.max(end, 0))));
  if (!found) return null;
  try {
    const [, version, json] = found;
    const { device, store, made_at, size, key } = JSON.parse(json);
    const length = end + 1 + size + TAG * chunksOf(size);
    return { version, device, store, made_at, size, key, whole: version !== VERSION || file.size === length };
  } catch {
    return null;
  }
}

/**
 * @param {Blob} plain
 * @param {CryptoKey} key made for this file alone, so the chunk's number is nonce enough
 * @returns {Promise<ArrayBuffer[]>}
 */
async function sealed(plain, key) {
  const chunks = [];
  for (let number = 0; number < chunksOf(plain.size); number += 1) {
    const bytes = await plain.slice(number * CHUNK, (number + 1) * CHUNK).arrayBuffer();
    const iv = new Uint8Array(12);
    new DataView(iv.buffer).setUint32(7, number);
    iv[11] = number === chunksOf(plain.size) - 1 ? 1 : 0;
    chunks.push(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes));
  }
  return chunks;
}

/** @param {number} size */
function chunksOf(size) {
  return Math.max(1, Math.ceil(size / CHUNK));
}

/** @param {string} kind @param {number} size @param {object} more @returns {Uint8Array} */
function partLine(kind, size, more) {
  return encode(`${JSON.stringify({ kind, size, ...more })}\n`);
}

/** @param {Uint8Array | Blob} bytes */
function sizeOf(bytes) {
  return bytes instanceof Blob ? bytes.size : bytes.length;
}

/** @param {(Uint8Array | Blob)[]} parts */
function blobParts(parts) {
  return /** @type {BlobPart[]} */ (parts);
}

/** @param {string} token @param {Uint8Array} salt @returns {Promise<string>} that we bear the token, bound to this file */
async function prove(token, salt) {
  const hash = /** @type {BufferSource} */ (await sha256(encode(token)));
  const key = await crypto.subtle.importKey("raw", hash, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const message = /** @type {BufferSource} */ (concat([encode("fieldlog-rescue/1 author"), salt]));
  return hex(new Uint8Array(await crypto.subtle.sign("HMAC", key, message)));
}

/** @param {ArrayBuffer} shared @param {Uint8Array} salt */
async function contentKey(shared, salt) {
  const from = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const info = encode("fieldlog-rescue/1 key");
  const how = /** @type {HkdfParams} */ ({ name: "HKDF", hash: "SHA-256", salt, info });
  return crypto.subtle.deriveKey(how, from, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

/** @param {Uint8Array} bytes */
async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", /** @type {BufferSource} */ (bytes)));
}
