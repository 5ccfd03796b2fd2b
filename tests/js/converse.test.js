/** The whole conversation of a phone with a home store, whatever gets lost on the way. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { meeting, ridsAt, states } from "./support/meeting.js";
import { json } from "./support/home.js";
import { arrive, entries, event, leave, logs } from "./support/phone.js";
import { append } from "../../static/js/store/append.js";
import { bundle } from "../../static/js/store/bundles.js";
import { mine, unsentCount } from "../../static/js/store/read.js";
import { digest, fold } from "../../static/js/sync/chain.js";
import { Refusal } from "../../static/js/sync/http.js";

const STRANGER= (await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign"])).privateKey;

test("a visit and its leave arrive byte for byte and the centre's signature shows it", async () => {
  const { db, home, talk } = await meeting();
  const visit = await arrive(db);
  await leave(db, visit.rid);
  assert.deepEqual(await states(db), ["phone"]);
  assert.equal(await unsentCount(db), 2);
  await talk();
  assert.deepEqual(home.texts(), (await entries(db)).map((entry) => entry.text));
  assert.deepEqual(await states(db), ["centre"]);
  assert.equal(await unsentCount(db), 0);
});

test("at a node a record is hos noden until the node brings the centre's receipt", async () => {
  const { db, home, talk } = await meeting();
  home.role = "node";
  const { log } = await arrive(db);
  await talk();
  assert.deepEqual(await states(db), ["node"]);
  assert.equal(await unsentCount(db), 1);
  const ledger = home.logs.get(log);
  ledger.up = await home.receipt(log, { have: ledger.have, hash: ledger.hashes.get(ledger.have) });
  await talk();
  assert.deepEqual(await states(db), ["centre"]);
});

test("a receipt that the centre did not sign counts for nothing", async () => {
  const { db, home, talk } = await meeting();
  home.signer = STRANGER;
  await arrive(db);
  await talk();
  assert.deepEqual(await states(db), ["node"]);
  assert.equal(await unsentCount(db), 1);
});

test("a lost answer is asked for again and nothing arrives twice", async () => {
  const { db, home, talk } = await meeting();
  await arrive(db);
  let losses = 1;
  home.after = (answer, { pathname }) => {
    if (pathname.endsWith("push") && losses-- > 0) throw new TypeError("connection reset");
    return answer;
  };
  await assert.rejects(talk(), Refusal);
  await append("event", event(), {}, db);
  await talk();
  assert.equal(new Set(ridsAt(home)).size, 2);
  assert.equal(ridsAt(home).length, 2);
  assert.equal(await unsentCount(db), 0);
});

test("a record written while a push is on its way goes with the next push", async () => {
  const { db, home, talk } = await meeting();
  await arrive(db);
  let written = 0;
  home.before = async ({ pathname }) => {
    if (pathname.endsWith("push") && written++ === 0) await append("event", event(), {}, db);
    return null;
  };
  await talk();
  assert.equal(ridsAt(home).length, 2);
  assert.equal(await unsentCount(db), 0);
});

test("two tabs that send at once are one", async () => {
  const { db, home, talk } = await meeting();
  for (let i = 0; i < 30; i += 1) await append("event", event({ note: `${i}` }), {}, db);
  await Promise.all([talk(), talk()]);
  assert.equal(ridsAt(home).length, 30);
  assert.equal(home.logs.size, 1);
  assert.equal(await unsentCount(db), 0);
});

test("quarantine is shown with its reason until it is absent, and the centre outranks a node", async () => {
  const { db, home, talk } = await meeting();
  home.role = "node";
  const { log } = await arrive(db);
  await talk();
  const ledger = home.logs.get(log);
  ledger.q = [{ seq: 2, code: "unknown_place", message: "Platsen HAG finns inte." }];
  await talk();
  const [row] = await mine(1, db);
  assert.deepEqual([row.state, row.code, row.message], ["needs", "unknown_place", "Platsen HAG finns inte."]);
  ledger.up = await home.receipt(log, { have: 2, hash: ledger.hashes.get(2), q: [] });
  await talk();
  assert.deepEqual(await states(db), ["centre"]);
});

test("413 halves the batch until it fits, 415 sends plain", async () => {
  const { db, home, talk } = await meeting();
  for (let i = 0; i < 10; i += 1) await append("event", event({ note: `${i}` }), {}, db);
  const sizes = [];
  home.before = ({ pathname, init }) => {
    if (!pathname.endsWith("push")) return null;
    if (init.headers["Content-Encoding"]) return json({ error: "gzip" }, 415);
    const n = JSON.parse(new TextDecoder().decode(init.body).split("\n")[0]).n;
    sizes.push(n);
    return n > 3 ? new Response("", { status: 413 }) : null;
  };
  await talk();
  assert.equal(ridsAt(home).length, 10);
  assert.deepEqual(sizes.slice(0, 3), [11, 5, 2]);
});

test("more than a batch holds arrives in as few requests as may be", async () => {
  const { db, home, talk } = await meeting();
  await arrive(db);
  const [log] = await logs(db);
  const payloads = Array.from({ length: 2500 }, (_, i) => Buffer.from(JSON.stringify({ rid: `r${i}`, pad: "x".repeat(200) })));
  const digests = await Promise.all(payloads.map((payload) => digest(payload)));
  const hashes = await fold(log.head, 3, digests);
  await db.table("entries").bulkAdd(payloads.map((payload, i) => ({ log: log.log, seq: i + 3, digest: digests[i], hash: hashes[i], payload: new Uint8Array(payload) })));
  await db.table("logs").update(log.log, { seq: 2502, head: hashes.at(-1) });
  await talk();
  assert.equal(home.texts().length, 2502);
  assert.equal(home.requests.filter((one) => one.pathname.endsWith("push")).length, 2);
});

test("no whole-request failure of any status deletes anything", async () => {
  const { db, home, talk } = await meeting();
  await arrive(db);
  const before = await entries(db);
  for (const status of [200, 204, 301, 400, 401, 403, 404, 408, 413, 415, 426, 429, 500, 502, 503, 507]) {
    const body = [204, 301].includes(status) ? null : "<html>Välkommen till tåget</html>";
    home.before = () => new Response(body, { status });
    await assert.rejects(talk(), Refusal);
    home.before = () => json({}, status === 204 ? 200 : status);
    await assert.rejects(talk(), Refusal);
  }
  assert.deepEqual(await entries(db), before);
  home.before = () => null;
  await talk();
  assert.equal(ridsAt(home).length, 1);
});

test("bundles are fetched when their hash changes, and kept only if the content has that hash", async () => {
  const { db, home, talk } = await meeting();
  assert.equal(await bundle("places", db), null);
  const places = { places: [{ code: "HAG", name: "Häggviks station" }] };
  const sha = await digest(Buffer.from(JSON.stringify(places)));
  home.ref = { places: sha };
  home.bundles[`places/${sha}`] = { places: [] };
  await assert.rejects(talk(), Refusal);
  assert.equal(await bundle("places", db), null);
  home.bundles[`places/${sha}`] = places;
  await talk();
  assert.deepEqual((await bundle("places", db)).value, places);
  const asked = home.requests.length;
  await talk();
  assert.equal(home.requests.length, asked + 1);
});
