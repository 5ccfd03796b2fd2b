/** What each kind of failure means for the sender, and how long it waits. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync } from "node:zlib";
import { Peer, Refusal } from "../../static/js/sync/http.js";

const OURS = { "Fieldlog-Proto": "1" };
const ANSWER = { store: "n", role: "node", inc: "1", now: "2026-11-21T22:00:00Z", logs: [] };

async function refusal(response) {
  const peer = new Peer("t", { fetch: async () => (typeof response === "function" ? response() : response) });
  return peer.status([]).then(() => assert.fail("no refusal"), (error) => {
    assert.ok(error instanceof Refusal, error);
    return [error.kind, error.reason, error.after];
  });
}

function reply(status, headers = OURS, body = "{}") {
  return new Response(body, { status, headers });
}

test("an answer without the protocol's header is a captive portal's, whatever it says", async () => {
  for (const status of [200, 400, 401, 403, 404]) {
    assert.deepEqual(await refusal(reply(status, {}, "<html>")), ["retryable", "portal", null]);
  }
  assert.deepEqual(await refusal(reply(200, {}, JSON.stringify(ANSWER))), ["retryable", "portal", null]);
});

test("an answer with the header but without an answer's shape is no answer", async () => {
  for (const body of ["", "{}", "[]", '{"store":', JSON.stringify({ ...ANSWER, logs: [{}] }), JSON.stringify({ ...ANSWER, role: "king" })]) {
    assert.deepEqual(await refusal(reply(200, OURS, body)), ["retryable", "portal", null]);
  }
});

test("only a store's own 401 and 403 ask for enrolment", async () => {
  assert.deepEqual(await refusal(reply(401)), ["auth", "401", null]);
  assert.deepEqual(await refusal(reply(403)), ["auth", "403", null]);
});

test("server errors, rate limits and time-outs are tried again, after what the store asks", async () => {
  for (const status of [408, 425, 429, 500, 502, 503, 507]) {
    const [kind] = await refusal(reply(status));
    assert.equal(kind, "retryable");
  }
  assert.deepEqual(await refusal(reply(503, { ...OURS, "Retry-After": "7" })), ["retryable", "503", 7]);
  assert.deepEqual(await refusal(reply(503, { ...OURS, "Retry-After": "999999" })), ["retryable", "503", 900]);
  assert.deepEqual(await refusal(() => Promise.reject(new TypeError("failed"))), ["retryable", "network", null]);
  assert.deepEqual(await refusal(() => Promise.reject(new DOMException("", "TimeoutError"))), ["retryable", "timeout", null]);
});

test("413 and 415 count with or without the header, since a proxy may say them", async () => {
  assert.deepEqual(await refusal(reply(413, {})), ["halve", "portal", null]);
  assert.deepEqual(await refusal(reply(413)), ["halve", "413", null]);
  assert.deepEqual(await refusal(reply(415)), ["plain", "415", null]);
});

test("redirects are never followed", async () => {
  let asked;
  const peer = new Peer("t", { fetch: async (_, init) => ((asked = init), reply(302, { Location: "/login" })) });
  await assert.rejects(peer.status([]), (error) => error.kind === "retryable" && error.reason === "redirect");
  assert.equal(asked.redirect, "manual");
  assert.equal(asked.credentials, "omit");
  assert.equal(asked.cache, "no-store");
  assert.ok(asked.signal instanceof AbortSignal);
});

test("an answer cut in the middle is a network failure", async () => {
  const cut = () => new Response(new ReadableStream({ start: (c) => c.error(new TypeError("reset")) }), { headers: OURS });
  assert.deepEqual(await refusal(cut), ["retryable", "network", null]);
});

test("a larger push is compressed, plain after the store refused it", async () => {
  const sent = [];
  const fetch = async (_, init) => (sent.push(init), reply(200, OURS, JSON.stringify(ANSWER)));
  const peer = new Peer("t", { fetch });
  const payload = new TextEncoder().encode(`{"note":"${"å".repeat(900)}"}`);
  const section = { log: "0".repeat(32), base: 0, first: 1, prev: "", head: "", lines: [{ digest: "", payload }], now: "", unsent: 1, app: "" };
  await peer.push([section]);
  peer.plain = true;
  await peer.push([section]);
  assert.equal(sent[0].headers["Content-Encoding"], "gzip");
  assert.deepEqual(gunzipSync(sent[0].body), Buffer.from(sent[1].body));
  assert.equal(sent[1].headers["Content-Encoding"], undefined);
  assert.equal(sent[1].headers.Authorization, "Bearer t");
  assert.equal(sent[1].headers["Fieldlog-Proto"], "1");
});
