/** Opens a rescue file as the centre would: written for the tests, the phone has no use for it. */
import { concat, encode, unbase64 } from "../../../static/js/sync/bytes.js";

const CHUNK = 256 * 1024 + 16;
const P256 = { name: "ECDH", namedCurve: "P-256" };

/** @param {Blob} file @param {string} privateKey PEM @returns {Promise<any[]>} the parts; rejects for any fault */
export async function opened(file, privateKey) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const end = bytes.indexOf(10) + 1;
  const line = bytes.subarray(0, end);
  const told = JSON.parse(new TextDecoder().decode(line).replace(/^\S+ /, ""));
  const plain = await decrypted(bytes.subarray(end), await contentKey(told, line, privateKey), told.size);
  return [...parts(plain)];
}

async function contentKey(told, line, privateKey) {
  const pkcs8 = unbase64(privateKey.replace(/-----[^-]+-----/g, "").replace(/\s/g, ""));
  const centre = await crypto.subtle.importKey("pkcs8", pkcs8, P256, false, ["deriveBits"]);
  const once = await crypto.subtle.importKey("raw", unbase64(told.epk), P256, false, []);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: once }, centre, 256);
  const from = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const salt = await crypto.subtle.digest("SHA-256", line);
  const how = { name: "HKDF", hash: "SHA-256", salt, info: encode("fieldlog-rescue/1 key") };
  return crypto.subtle.deriveKey(how, from, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
}

async function decrypted(sealed, key, size) {
  const count = Math.max(1, Math.ceil(sealed.length / CHUNK));
  const chunks = [];
  for (let number = 0; number < count; number += 1) {
    const iv = new Uint8Array(12);
    iv[10] = number;
    iv[11] = number === count - 1 ? 1 : 0;
    const chunk = sealed.slice(number * CHUNK, (number + 1) * CHUNK);
    chunks.push(new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, chunk)));
  }
  const plain = concat(chunks);
  if (plain.length !== size) throw new Error("another size than announced");
  return plain;
}

function* parts(plain) {
  while (plain.length) {
    const end = plain.indexOf(10) + 1;
    const { kind, size, ...about } = JSON.parse(new TextDecoder().decode(plain.subarray(0, end)));
    if (plain.length < end + size) throw new Error("a part is cut");
    yield { kind, ...about, bytes: plain.slice(end, end + size) };
    plain = plain.subarray(end + size);
  }
}
