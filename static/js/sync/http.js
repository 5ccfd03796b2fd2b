/**
 * The phone's side of the machines' door: requests, their limits in time, and what each kind of failure
 * means for the sender. Knows nothing of what is stored. No status ever means "delete".
 */
import { digest } from "./chain.js";
import { PROTO, readAnswer, render } from "./messages.js";

const TIMEOUT_MS = 30_000;
const FIRST_WAIT_S = 2;
const LONGEST_WAIT_S = 15 * 60;
const WORTH_ZIPPING = 512;

/** Why a request failed, and so what to do: wait and try again, ask for enrolment, halve, send plain. */
export class Refusal extends Error {
  /**
   * @param {"retry" | "auth" | "too_large" | "plain" | "gone"} kind
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
    if ((await digest(bytes)) !== sha256) throw new Refusal("retry", "network");
    return parse(bytes);
  }

  /** @param {string} code @param {string} name @returns {Promise<Record<string, string>>} */
  async enrol(code, name) {
    const headers = { "Content-Type": "application/json" };
    const body = JSON.stringify({ code, name });
    return parse(await this.ask("/sync/v1/enrol", { method: "POST", headers, body }));
  }

  /**
   * @param {string} path
   * @param {{method?: string, headers?: Record<string, string>, body?: BodyInit}} [init]
   * @returns {Promise<Uint8Array>} the whole answer; rejects with Refusal
   */
  async ask(path, { method = "GET", headers: more = {}, body } = {}) {
    /** @type {Record<string, string>} */
    const headers = { "Fieldlog-Proto": PROTO, ...more };
    if (this.token) headers.Authorization = `Bearer ${this.token}`;
    let response;
    try {
      response = await this.fetch(this.url + path, {
        method,
        headers,
        body,
        redirect: "manual",
        credentials: "omit",
        cache: "no-store",
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      if (response.ok && speaksProtocol(response)) return new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      // A cut answer ends here too: fetch and arrayBuffer() both reject.
      throw new Refusal("retry", /** @type {Error} */ (error).name === "TimeoutError" ? "timeout" : "network");
    }
    throw refusalOf(response);
  }
}

/**
 * Without the protocol's header the answer is not from a store, whatever its status: captive portals say
 * 200, 302, 401, 403. Only 413 and 415 may come from a proxy in front of the store.
 *
 * @param {Response} response
 * @returns {Refusal}
 */
export function refusalOf(response) {
  const { status } = response;
  const after = retryAfter(response.headers.get("Retry-After"));
  if (status === 413) return new Refusal("too_large", speaksProtocol(response) ? "413" : "portal");
  if (status === 415) return new Refusal("plain", "415");
  if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) return new Refusal("retry", "redirect");
  if (!speaksProtocol(response)) return new Refusal("retry", status < 500 ? "portal" : String(status), after);
  if (status === 401 || status === 403) return new Refusal("auth", String(status));
  if (status === 404) return new Refusal("gone", "404");
  return new Refusal("retry", String(status), after);
}

/**
 * Seconds to wait before the next try: growing, with jitter, so that phones that lost the same store do
 * not come back in step.
 *
 * @param {number} failures in a row, 1 or more
 * @param {number} [chance] 0 ≤ chance < 1
 */
export function backoff(failures, chance = Math.random()) {
  const most = Math.min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** Math.min(failures, 20));
  return Math.max(FIRST_WAIT_S, most / 2 + (chance * most) / 2);
}

/**
 * @param {string} code
 * @param {string} name
 * @param {Peer} [peer]
 */
export function enrolWith(code, name, peer = new Peer("")) {
  return peer.enrol(code, name);
}

/** @param {Uint8Array} bytes @returns {import("./messages.js").Answer} */
function answered(bytes) {
  const answer = readAnswer(parse(bytes));
  if (!answer) throw new Refusal("retry", "portal");
  return answer;
}

/** @param {Uint8Array} bytes @returns {any} */
function parse(bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw new Refusal("retry", "portal");
  }
}

/** @param {Response} response */
function speaksProtocol(response) {
  return response.headers.get("Fieldlog-Proto") === PROTO;
}

/** @param {string | null} value seconds or a date @returns {number | null} */
function retryAfter(value) {
  if (!value) return null;
  const seconds = /^\d+$/.test(value) ? Number(value) : (Date.parse(value) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), LONGEST_WAIT_S) : null;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function gzip(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}
