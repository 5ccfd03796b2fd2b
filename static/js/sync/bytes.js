/**
 * Bytes to text and back: hex, base64url, UTF-8, numbers as eight bytes. Knows nothing of logs.
 */

const utf8 = new TextEncoder();

/** @param {string} text */
export function encode(text) {
  return utf8.encode(text);
}

/** @param {Uint8Array} bytes @returns {string} lowercase hex */
export function hex(bytes) {
  let text = "";
  for (const byte of bytes) text += byte.toString(16).padStart(2, "0");
  return text;
}

/** @param {string} text hex digits @returns {Uint8Array<ArrayBuffer>} */
export function unhex(text) {
  const bytes = new Uint8Array(text.length / 2);
  for (let i = 0; i < bytes.length; i += 1) bytes[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/** @param {Uint8Array} bytes @returns {string} base64url without padding */
export function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text base64 or base64url, with or without padding @returns {Uint8Array<ArrayBuffer>} */
export function unbase64(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

/** @param {number} number a safe whole number @returns {Uint8Array} unsigned, 64 bits, big-endian */
export function u64(number) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(number));
  return bytes;
}

/** @param {Uint8Array[]} parts @returns {Uint8Array<ArrayBuffer>} */
export function concat(parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** @param {number} count @returns {Uint8Array} */
export function random(count) {
  return crypto.getRandomValues(new Uint8Array(count));
}
