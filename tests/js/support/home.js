/**
 * A small home store for tests, as a `fetch`: it keeps logs by the protocol's rules and signs as the centre.
 * The real receiver is tried by tests/sync/test_twin.py; this one can be told to fail in the middle.
 */
import { gunzipSync } from "node:zlib";
import { receiptMessage } from "../../../static/js/crypto/receipt.js";
import { base64url } from "../../../static/js/sync/bytes.js";
import { digest, fold, genesis } from "../../../static/js/sync/chain.js";
import { Shelf } from "./shelf.js";

const { privateKey, publicKey } = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
export const CENTRE_KEY = Buffer.from(await crypto.subtle.exportKey("spki", publicKey)).toString("base64");
export const PRIVATE_KEY = Buffer.from(await crypto.subtle.exportKey("pkcs8", privateKey)).toString("base64");

export class Home {
  role = "centre";
  inc = "11fe1";
  now = "2026-11-21T22:00:00Z";
  ref = {};
  bundles = {};
  signer = privateKey;
  /** @type {Map<string, {base: number, hashes: Map<number, string>, texts: Map<number, string>, have: number, q: object[]}>} */
  logs = new Map();
  shelf = new Shelf(this);
  /** What it knows of the phone by its cookie. */
  cookie = { device: null, last_log: null };
  voidTokens = new Set();
  requests = [];
  /** Called with each request before it is carried out; may return a Response or throw. */
  before = () => null;
  /** Called with each answer before it is given; may replace it or throw (a lost answer). */
  after = (answer) => answer;

  fetch = async (url, init) => {
    const { pathname, searchParams } = new URL(url, "http://home");
    const request = { pathname, searchParams, init };
    this.requests.push(request);
    const instead = await this.before(request);
    if (instead) return instead;
    return this.after(await this.route(request), request);
  };

  async route({ pathname, searchParams, init }) {
    if (pathname === "/sync/v1/push") return this.answer(await this.push(init));
    if (pathname === "/sync/v1/status") {
      const asked = searchParams.getAll("log");
      return this.answer(await Promise.all(asked.map(async (log) => this.result(log, await this.ledger(log), "ok"))));
    }
    if (pathname === "/sync/v1/device") return json(this.cookie);
    const [, photo] = /^\/sync\/v1\/blobs\/(\w+)$/.exec(pathname) ?? [];
    if (photo) return this.shelf.route(photo, init);
    if (pathname === "/sync/v1/enrol") return this.enrol(JSON.parse(init.body), init.headers);
    const [, name, sha] = /^\/sync\/v1\/ref\/(\w+)\/(\w+)$/.exec(pathname) ?? [];
    const body = this.bundles[`${name}/${sha}`];
    return body === undefined ? json({ error: "not_found" }, 404) : json(body);
  }

  /** Any code is good; the phone stays the device that its token or cookie names. */
  enrol({ code }, { Authorization: bearer }) {
    if (this.voidTokens.has(bearer)) return json({ error: "no_token" }, 401);
    const known = bearer?.slice("Bearer ".length).split("@")[1] ?? this.cookie.device;
    const device = known ?? `phone-of-${code}`;
    this.cookie.device = device;
    return json({ token: `${code}@${device}`, device, account: code, org: "polisen", store: "home", centre_key: CENTRE_KEY, last_log: this.cookie.last_log }, 201);
  }

  async answer(logs) {
    const { role, inc, now, ref } = this;
    return json({ store: "home", role, inc, now, logs, ref });
  }

  async push({ body, headers }) {
    const bytes = headers["Content-Encoding"] === "gzip" ? gunzipSync(body) : Buffer.from(body);
    const lines = bytes.toString("utf8").split("\n");
    const results = [];
    while (lines.length && lines[0]) {
      const header = JSON.parse(lines.shift());
      results.push(await this.receive(header, lines.splice(0, header.n)));
    }
    return results;
  }

  async receive(header, texts) {
    const ledger = await this.ledger(header.log);
    const before = header.from - 1;
    if (before > ledger.have) {
      if (this.role === "centre" || header.base !== before) return this.result(header.log, ledger, "gap");
      Object.assign(ledger, { base: before, have: before });
      ledger.hashes.set(before, header.prev);
    }
    const digests = await Promise.all(texts.map((text) => (text[0] === "!" ? text.slice(1) : digest(Buffer.from(text)))));
    const hashes = await fold(header.prev, header.from, digests);
    const differs = (seq, hash) => ledger.hashes.has(seq) && ledger.hashes.get(seq) !== hash;
    if (differs(before, header.prev)) return this.result(header.log, ledger, "fork");
    if (hashes.at(-1) !== header.head) return this.result(header.log, ledger, "head_mismatch");
    if (hashes.some((hash, i) => differs(header.from + i, hash))) return this.result(header.log, ledger, "fork");
    hashes.forEach((hash, i) => {
      ledger.hashes.set(header.from + i, hash);
      ledger.texts.set(header.from + i, texts[i]);
    });
    ledger.have = Math.max(ledger.have, header.from + texts.length - 1);
    return this.result(header.log, ledger, "ok");
  }

  async ledger(log) {
    if (!this.logs.has(log)) {
      const fresh = { base: 0, have: 0, hashes: new Map([[0, await genesis(log)]]), texts: new Map(), q: [] };
      this.logs.set(log, fresh);
    }
    return this.logs.get(log);
  }

  async result(log, ledger, r) {
    const { have, q } = ledger;
    const hash = ledger.hashes.get(have);
    // A centre that never heard of a log, or forgot it, signs nothing for it.
    const signed = this.role === "centre" && have > 0;
    const up = signed ? await this.receipt(log, { r, have, hash, q }) : (ledger.up ?? null);
    return { log, r, have, hash, q, up };
  }

  /** The centre's signed word, also for a node to pass on. */
  async receipt(log, { r = "ok", have, hash, q = [] }) {
    const unsigned = { r, have, hash, q, inc: this.inc, at: this.now };
    const bytes = receiptMessage(log, unsigned);
    const sig = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, this.signer, bytes);
    return { ...unsigned, sig: base64url(new Uint8Array(sig)) };
  }

  /** Every payload that the store has, of all logs. */
  texts() {
    return [...this.logs.values()].flatMap((ledger) => [...ledger.texts.values()]);
  }
}

export function json(value, status = 200, headers = { "Fieldlog-Proto": "1" }) {
  return new Response(JSON.stringify(value), { status, headers });
}
