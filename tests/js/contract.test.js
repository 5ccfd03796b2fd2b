/** The vectors of tests/contract, which the Python side passes as well. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isCentres, photoMessage, readWord } from "../../static/js/crypto/photo.js";
import { receiptMessage, verify } from "../../static/js/crypto/receipt.js";
import { check } from "../../static/js/store/check.js";
import { RULES } from "../../static/js/store/rules.js";
import { recordRow } from "../../static/js/store/records.js";
import { standing } from "../../static/js/store/standing.js";
import { encode, hex, unbase64 } from "../../static/js/sync/bytes.js";
import { digest, fold, genesis } from "../../static/js/sync/chain.js";
import { readAnswer, render } from "../../static/js/sync/messages.js";
import { backoff, classify, retryAfter } from "../../static/js/sync/retry.js";
import { nextSection, weigh } from "../../static/js/sync/sender.js";

const load = (name) => JSON.parse(readFileSync(new URL(`../contract/${name}.json`, import.meta.url), "utf8"));

/** A test for each row, called by its name; a file without rows is a mistake. */
function each(title, rows, body) {
  assert.ok(rows.length, `no rows for ${title}`);
  for (const row of rows) test(`${title}: ${row.name}`, () => body(row));
}

const chain = load("chain");
test("chain: the published vector", async () => {
  const { log, payloads, hashes } = chain.published;
  const digests = await Promise.all(payloads.map((payload) => digest(encode(payload))));
  assert.deepEqual([await genesis(log), ...(await fold(await genesis(log), 1, digests))], hashes);
});
each("chain", chain.cases, async ({ prev, first, payloads_base64, digests, hashes }) => {
  assert.deepEqual(await Promise.all(payloads_base64.map((payload) => digest(unbase64(payload)))), digests);
  assert.deepEqual(await fold(prev, first, digests), hashes);
});

const messages = load("messages");
// What a phone writes: logs of its own, so neither `via` nor `branch`.
const own = messages.push.filter(({ sections }) => sections.every(({ header }) => !header.via && !header.branch));
each("push", own, ({ sections, text }) => {
  const made = sections.map(({ header: { from, n, ...header }, lines }) => {
    assert.equal(lines.length, n);
    const bytes = ({ digest: one, payload }) => ({ digest: one, payload: payload === null ? null : encode(payload) });
    return { ...header, first: from, lines: lines.map(bytes) };
  });
  assert.equal(new TextDecoder().decode(render(made)), text);
});
each("answer", messages.answers, ({ value, text }) => {
  const answer = readAnswer(JSON.parse(text));
  for (const [i, log] of value.logs.entries()) {
    const { r, have, hash, q, up } = answer.logs[i];
    assert.deepEqual({ r, have, hash, q, up }, { r: log.r, have: log.have, hash: log.hash, q: log.q ?? [], up: log.up ?? null });
  }
  assert.deepEqual(answer.ref, value.ref ?? {});
});
each("garbled answer", messages.garbled_answers, ({ text }) => {
  assert.equal(readAnswer(parsed(text)), null);
});
const blobs = load("blobs");
each("photo: the bytes that are signed", blobs.messages, ({ message, ...of }) => {
  assert.equal(hex(photoMessage(of, of)), message);
});
each("photo", blobs.receipts, async ({ receipt, header, valid }) => {
  const word = readWord(header);
  assert.equal(word !== null && (await isCentres(blobs.centre_key, receipt, word)), valid);
});
each("photo: no word", blobs.no_receipts, async ({ header }) => {
  const word = readWord(header);
  assert.ok(word === null || !(await isCentres(blobs.centre_key, { sha256: "00".repeat(32), size: 1 }, word)));
});
test("receipt: the bytes that are signed", () => {
  const { log, bytes_hex, ...receipt } = messages.receipt_message;
  assert.equal(hex(receiptMessage(log, receipt)), bytes_hex);
});

const receipts = load("receipts");
each("receipt", receipts.receipts, async ({ receipt, valid }) => {
  assert.equal(await verify(receipts.centre_key, receipt.log, receipt), valid);
});

const retry = load("retry");
each("retry class", retry.classes, ({ status, headers, class: expected }) => {
  assert.equal(classify(status, new Headers(headers)), expected);
});
test("retry: what the store asks us to wait", () => {
  for (const { value, seconds } of retry.retry_after) {
    assert.equal(retryAfter(new Headers({ "Retry-After": value })), seconds, value);
  }
});
test("retry: how the waits grow", () => {
  for (const { attempt, chance, after, seconds } of retry.backoff) {
    assert.equal(backoff(attempt, chance, after), seconds, `${attempt} ${chance} ${after}`);
  }
});

const sender = load("sender");
const authors = (rows) => rows.filter((row) => row.author);
each("next section", authors(sender.next), async ({ source, known, most, room, expect }) => {
  const section = await nextSection(held(source), known, { now: source.now, most, room });
  const { first, lines, prev, head } = section ?? {};
  assert.deepEqual(section && { first, n: lines.length, prev, head }, expect);
});
each("weigh", authors(sender.weigh), async ({ source, result, role, again, expect }) => {
  assert.deepEqual(await weigh(held(source), { seq: undefined, ...result }, { role, again }), expect);
});

each("standing", load("standing"), ({ records, stands }) => {
  const rows = records.map((record) => recordRow(record, { log: "", seq: 0, digest: record.digest }));
  const founder = rows.find(({ t }) => t === "visit" || t === "event");
  if (!founder) return assert.equal(stands, null);
  const { state, body, seen, amended, conflict, leave } = stands;
  const family = rows.filter((row) => row !== founder);
  const withdrawn = state === "withdrawn";
  assert.deepEqual(standing(founder, family), { body, seen, leave, amended, conflict, withdrawn });
});

const records = load("records");
// JSON.parse reads 1.0 as 1, and calendars are the stores' to know: the phone writes its numbers and times itself.
const STORES_ONLY = new Set(["version 1.0", "a day that does not exist"]);
const typed = ({ payload }) => JSON.parse(payload).t in RULES;
each("valid record", records.valid.filter(typed), ({ payload }) => {
  assert.equal(check(JSON.parse(payload)), null);
});
each("invalid record", records.invalid.filter((row) => typed(row) && !STORES_ONLY.has(row.name)), ({ payload, at }) => {
  const wrong = check(JSON.parse(payload));
  assert.ok(wrong?.startsWith(at), `${wrong} is not at ${at}`);
});

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A source as the sender's rules see it, from a row of the vectors. */
function held({ payloads, hashes, ...source }) {
  return {
    ...source,
    hashAt: async (seq) => hashes[seq] ?? null,
    lines: async (first, most, room) => {
      const taken = [];
      for (let seq = first; taken.length < most && payloads[seq] !== undefined; seq += 1) {
        const payload = encode(payloads[seq]);
        room -= payload.length + 1;
        if (room < 0) break;
        taken.push({ digest: "", payload });
      }
      return taken;
    },
  };
}
