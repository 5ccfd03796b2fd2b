/**
 * A centre in memory, for drills: takes what is pushed, folds the chain and signs for it with a key of its own,
 * so that the phone's real sender and real receipts are what one practises with.
 */

import { receiptMessage } from "../../crypto/receipt.js";
import { base64url } from "../../sync/bytes.js";
import { digest, fold, genesis } from "../../sync/chain.js";
import { PROTO } from "../../sync/messages.js";

const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const INC = "drill";
const trueNow = Date.now.bind(Date);

export class Centre {
  /** @type {Map<string, {have: number, hash: string}>} */ #logs = new Map();
  #signing;

  /** @param {CryptoKey} signing @param {string} key its public half, SPKI in base64url */
  constructor(signing, key) {
    this.#signing = signing;
    this.key = key;
  }

  static async make() {
    const pair = await crypto.subtle.generateKey(CURVE, true, ["sign", "verify"]);
    const spki = await crypto.subtle.exportKey("spki", pair.publicKey);
    return new Centre(pair.privateKey, base64url(new Uint8Array(spki)));
  }

  /** @param {string} path @param {{method: string, body?: any}} init @returns {Promise<Response>} */
  async answer(path, { method, body }) {
    const url = new URL(path, "http://localhost");
    if (url.pathname === "/sync/v1/status") return this.#answers(url.searchParams.getAll("log"));
    if (url.pathname === "/sync/v1/push" && method === "POST") return this.#answers(await this.#take(new Uint8Array(body)));
    return new Response(null, { status: 404, headers: { "Fieldlog-Proto": PROTO } });
  }

  /** @param {Uint8Array} bytes @returns {Promise<string[]>} the logs of its sections, in order */
  async #take(bytes) {
    const lines = splitLines(bytes);
    const logs = [];
    while (lines.length) {
      const { log, from, n } = JSON.parse(new TextDecoder().decode(lines.shift()));
      const digests = await Promise.all(lines.splice(0, n).map(digestOf));
      await this.#append(log, from, digests);
      logs.push(log);
    }
    return logs;
  }

  /** What is known already is left as it is; the sender hears how far we are. @param {string} log @param {number} from @param {string[]} digests */
  async #append(log, from, digests) {
    const { have, hash } = await this.#at(log);
    const fresh = digests.slice(have + 1 - from);
    if (from > have + 1 || !fresh.length) return;
    const hashes = await fold(hash, have + 1, fresh);
    this.#logs.set(log, { have: have + fresh.length, hash: hashes[hashes.length - 1] });
  }

  /** @param {string} log */
  async #at(log) {
    return this.#logs.get(log) ?? { have: 0, hash: await genesis(log) };
  }

  /** @param {string[]} logs */
  async #answers(logs) {
    const now = new Date(trueNow()).toISOString();
    const results = await Promise.all(logs.map((log) => this.#result(log, now)));
    const answer = { store: "drill", role: "centre", inc: INC, now, logs: results, ref: {} };
    return Response.json(answer, { headers: { "Fieldlog-Proto": PROTO } });
  }

  /** @param {string} log @param {string} at */
  async #result(log, at) {
    const { have, hash } = await this.#at(log);
    const message = receiptMessage(log, { have, hash, inc: INC, at, sig: "" });
    const signed = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, this.#signing, /** @type {BufferSource} */ (message));
    const up = { r: "ok", have, hash, inc: INC, at, sig: base64url(new Uint8Array(signed)), q: [] };
    return { log, r: "ok", have, hash, q: [], up };
  }
}

/** @param {Uint8Array} bytes each line ends with a newline @returns {Uint8Array[]} */
function splitLines(bytes) {
  const lines = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return lines;
}

/** A line that begins with "!" stands for a payload that is gone. @param {Uint8Array} line */
async function digestOf(line) {
  return line[0] === 0x21 ? new TextDecoder().decode(line.subarray(1)) : digest(line);
}
