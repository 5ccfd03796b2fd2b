/**
 * The photos of a small home store, by the page on the wire: parts, offsets, the hash at the end, the
 * centre's word. It knows which photos its records name.
 */
import { photoMessage } from "../../../static/js/crypto/photo.js";
import { base64url } from "../../../static/js/sync/bytes.js";
import { digest } from "../../../static/js/sync/chain.js";

const PROTO = { "Fieldlog-Proto": "1" };

export class Shelf {
  /** @type {Map<string, Uint8Array>} what came so far */
  parts = new Map();
  /** Photos of which a node knows that the centre has them. */
  known = new Map();
  refused = new Map();

  constructor(home) {
    this.home = home;
  }

  async route(sha256, { method, headers, body }) {
    const named = this.home.texts().filter((text) => text[0] === "{").flatMap((text) => JSON.parse(text).body?.blobs ?? []);
    const photo = named.find((one) => one.sha256 === sha256);
    if (!photo) return new Response(null, { status: 404, headers: PROTO });
    if (this.refused.has(sha256)) return new Response("{}", { status: this.refused.get(sha256), headers: PROTO });
    if (method === "HEAD") return this.tell(photo, 200);
    const held = this.parts.get(sha256) ?? new Uint8Array();
    if (Number(headers["Upload-Offset"]) !== held.length) return this.tell(photo, 409);
    if (Number(headers["Upload-Length"]) !== photo.size) return new Response("{}", { status: 400, headers: PROTO });
    this.parts.set(sha256, Buffer.concat([held, body]));
    if (this.length(sha256) === photo.size && (await digest(this.parts.get(sha256))) !== sha256) {
      this.parts.delete(sha256);
      return this.tell(photo, 409);
    }
    return this.tell(photo, 204);
  }

  length(sha256) {
    return this.parts.get(sha256)?.length ?? 0;
  }

  async tell(photo, status) {
    const { sha256, size } = photo;
    const headers = { ...PROTO, "Upload-Offset": String(this.length(sha256)), "Upload-Length": String(size) };
    const whole = this.home.role === "centre" && this.length(sha256) === size;
    const word = whole ? await this.word(photo) : this.known.get(sha256);
    if (word) headers["Fieldlog-Blob-Centre"] = word;
    return new Response(null, { status, headers });
  }

  /** The centre's signed word. */
  async word(photo) {
    const { inc, now: at, signer } = this.home;
    const bytes = photoMessage(photo, { inc, at });
    const sig = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, signer, bytes);
    return `${inc} ${at} ${base64url(new Uint8Array(sig))}`;
  }
}
