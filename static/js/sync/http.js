/**
 * The phone's side of the machines' door: requests, their limits in time, and what each kind of failure
 * means for the sender. Knows nothing of what is stored. No status ever means "delete".
 */
import { digest } from "./chain.js";
import { PROTO, readAnswer, render } from "./messages.js";
import { classify, retryAfter, speaksProtocol } from "./retry.js";

const TIMEOUT_MS = 30_000;
const WORTH_ZIPPING = 512;

/** Why a request failed, and so what to do. No kind of it ever means "delete". */
export class Refusal extends Error {
  /**
   * @param {Exclude<import("./retry.js").Class, "ok">} kind
   * @param {string} reason "network", "timeout", "portal", "redirect", or the status
   * @param {number | null} [after] seconds that the store asked us to wait
   */
  constructor(kind, reason, after = null) {
    super(`${kind}: ${reason}`);
    this.name = "Refusal";
    this.kind = kind;
    this.reason = reason;
    this.after = after;
  }
}

/**
 * @typedef {object} Request
 * @property {string} [method]
 * @property {Record<string, string>} [headers]
 * @property {BodyInit} [body]
 * @property {boolean} [cookies] whether the device cookie goes and comes with it
 */

/** @typedef {{status: number, headers: Headers, type: string, bytes: Uint8Array<ArrayBuffer>}} Exchange */

/** One store as this phone reaches it. */
export class Peer {
  /**
   * @param {string} token
   * @param {{url?: string, fetch?: typeof fetch}} [options] url is the store's origin, by default our own
   */
  constructor(token, { url = "", fetch: fetcher = (...args) => fetch(...args) } = {}) {
    this.token = token;
    this.url = url;
    this.fetch = fetcher;
    /** Set when the store could not read our gzip. */
    this.plain = false;
  }

  /** @param {import("./messages.js").Section[]} sections @returns {Promise<import("./messages.js").Answer>} */
  async push(sections) {
    const bytes = render(sections);
    /** @type {Record<string, string>} */
    const headers = { "Content-Type": "application/x-ndjson" };
    const zipped = !this.plain && bytes.length > WORTH_ZIPPING && typeof CompressionStream !== "undefined";
    if (zipped) headers["Content-Encoding"] = "gzip";
    const body = zipped ? await gzip(bytes) : bytes;
    return answered(await this.ask("/sync/v1/push", { method: "POST", headers, body }));
  }

  /** @param {string[]} logs @returns {Promise<import("./messages.js").Answer>} */
  async status(logs) {
    const query = new URLSearchParams(logs.map((log) => ["log", log]));
    return answered(await this.ask(`/sync/v1/status${logs.length ? `?${query}` : ""}`));
  }

  /** @param {string} name @param {string} sha256 @returns {Promise<any>} the bundle's content, proven by its hash */
  async bundle(name, sha256) {
    const bytes = await this.ask(`/sync/v1/ref/${name}/${sha256}`);
    if ((await digest(bytes)) !== sha256) throw new Refusal("retryable", "network");
    return parse(bytes);
  }

  /** @param {string} code @param {string} name @returns {Promise<any>} a token, and what the store knew of this phone */
  async enrol(code, name) {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ code, name });
    return parse(await this.ask("/sync/v1/enrol", { method: "POST", headers, body, cookies: true }));
  }

  /** @returns {Promise<{device: string, last_log: {log: string, seq: number} | null}>} which phone this is, by its token or by the cookie it was given */
  async device() {
    return parse(await this.ask("/sync/v1/device", { cookies: true }));
  }

  /** @param {string} path @param {Request} [init] @returns {Promise<Uint8Array>} the whole answer; rejects with Refusal */
  async ask(path, init) {
    const answer = await this.exchange(path, init);
    if (classify(answer.status, answer.headers) !== "ok") throw refusalOf(answer);
    return answer.bytes;
  }

  /**
   * @param {string} path
   * @param {Request} [init]
   * @returns {Promise<Exchange>} whatever was answered; rejects with Refusal if nothing was, or not all
   */
  async exchange(path, { method = "GET", headers: more = {}, body, cookies = false } = {}) {
    /** @type {Record<string, string>} */
    const headers = { "Fieldlog-Proto": PROTO, ...more };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    try {
      const response = await this.fetch(this.url + path, {
        method,
        headers,
        body,
        redirect: "manual",
        credentials: cookies ? "same-origin" : "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const { status, headers: told, type } = response;
      return { status, headers: told, type, bytes: new Uint8Array(await response.arrayBuffer()) };
    } catch (error) {
      // A cut answer ends here too: fetch and arrayBuffer() both reject.
      throw new Refusal("retryable", /** @type {Error} */ (error).name === "TimeoutError" ? "timeout" : "network");
    }
  }
}

/** @param {Exchange} answer one that is not what was asked for @returns {Refusal} */
export function refusalOf({ status, headers, type }) {
  const kind = classify(status, headers);
  const redirected = type === "opaqueredirect" || (status >= 300 && status < 400);
  const stranger = !speaksProtocol(headers) && status < 500;
  const reason = redirected ? "redirect" : stranger ? "portal" : String(status);
  return new Refusal(kind === "ok" ? "retryable" : kind, reason, retryAfter(headers));
}

/**
 * With the token that the phone has, so that it stays the same device; where that is void, without.
 *
 * @param {string} code
 * @param {string} name
 * @param {string} token empty if there is none
 * @param {Peer} [peer]
 */
export async function enrolWith(code, name, token, peer = new Peer("")) {
  peer.token = token;
  try {
    return await peer.enrol(code, name);
  } catch (error) {
    const isVoid = token && error instanceof Refusal && error.kind === "auth";
    if (!isVoid) throw error;
    peer.token = "";
    return peer.enrol(code, name);
  }
}

/** @param {Uint8Array} bytes @returns {import("./messages.js").Answer} */
function answered(bytes) {
  const answer = readAnswer(parse(bytes));
  if (!answer) throw new Refusal("retryable", "portal");
  return answer;
}

/** @param {Uint8Array} bytes @returns {any} */
function parse(bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Refusal("retryable", "portal");
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function gzip(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
