/** Letting go: only below the centre's verified receipt, and 72 hours after it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrive, entries, event, leave, logs, newPhone } from "./support/phone.js";
import { CENTRE_KEY, Home } from "./support/home.js";
import { append } from "../../static/js/store/append.js";
import { prune } from "../../static/js/store/prune.js";
import { mine, unsentCount } from "../../static/js/store/read.js";
import { converse } from "../../static/js/sync/converse.js";
import { Peer } from "../../static/js/sync/http.js";

const SIGNED = "2026-11-21T22:00:00Z";
const TOO_SOON = "2026-11-24T21:59:59Z";
const RIPE = "2026-11-24T22:00:00Z";

async function sent() {
  const db = await newPhone({ centreKey: CENTRE_KEY });
  const home = new Home();
  const talk = () => converse(db, new Peer("t", { url: "http://home", fetch: home.fetch }), CENTRE_KEY);
  const visit = await arrive(db);
  await leave(db, visit.rid);
  home.now = SIGNED;
  await talk();
  return { db, home, talk };
}

test("nothing is let go within 72 hours of the signature", async () => {
  const { db, home, talk } = await sent();
  home.now = TOO_SOON;
  await talk();
  assert.equal((await entries(db)).length, 3);
});

test("after 72 hours what the centre signed for goes, what came later stays", async () => {
  const { db, home, talk } = await sent();
  home.now = "2026-11-24T12:00:00Z";
  const late = await append("event", event(), {}, db);
  await talk();
  home.now = RIPE;
  await talk();
  const held = await entries(db);
  assert.equal(held.length, 1);
  assert.equal(JSON.parse(held[0].text).rid, late.rid);
  assert.deepEqual((await mine(9, db)).map((one) => one.rid), [late.rid]);
  const [log] = await logs(db);
  assert.equal(log.base, 3);
  assert.equal(log.baseHash, home.logs.get(log.log).hashes.get(3));
  assert.equal(await unsentCount(db), 0);
});

test("a log that let go goes on with its chain", async () => {
  const { db, home, talk } = await sent();
  home.now = RIPE;
  await talk();
  assert.equal((await entries(db)).length, 0);
  await append("event", event(), {}, db);
  await talk();
  assert.equal(home.texts().length, 4);
  assert.equal((await logs(db)).length, 1);
});

test("a node's word alone lets nothing go, however long ago it was", async () => {
  const { db, home, talk } = await sent();
  await db.table("logs").toCollection().modify({ up: null, receipts: [] });
  home.role = "node";
  home.now = "2027-11-21T22:00:00Z";
  await talk();
  assert.equal((await entries(db)).length, 3);
});

test("a receipt whose hash is not ours lets nothing go", async () => {
  const { db, home, talk } = await sent();
  await db.table("logs").toCollection().modify({ up: null, receipts: [] });
  home.role = "node";
  const [{ log }] = await logs(db);
  home.logs.get(log).up = await home.receipt(log, { have: 2, hash: "ab".repeat(32) });
  home.now = RIPE;
  await talk();
  const kept = (await entries(db)).filter((entry) => entry.log === log);
  assert.equal(kept.length, 3);
});

test("a restored centre's new life starts the 72 hours anew", async () => {
  const { db, home, talk } = await sent();
  home.inc = "life-2";
  home.now = "2026-11-24T20:00:00Z";
  await append("event", event(), {}, db);
  await talk();
  home.now = RIPE;
  await talk();
  assert.equal((await entries(db)).length, 4);
});

test("a visit's row stays in the list while its leave is still held", async () => {
  const db = await newPhone({ centreKey: CENTRE_KEY });
  const home = new Home();
  const talk = () => converse(db, new Peer("t", { url: "http://home", fetch: home.fetch }), CENTRE_KEY);
  const visit = await arrive(db);
  home.now = SIGNED;
  await talk();
  await leave(db, visit.rid);
  home.now = RIPE;
  await talk();
  const [row] = await mine(9, db);
  assert.equal(row.rid, visit.rid);
  assert.equal(row.body.ended_by, "tap");
  assert.equal(row.state, "centre");
});

test("a centre restored from a copy, even in the same life, starts the 72 hours anew", async () => {
  const { db, home, talk } = await sent();
  const [{ log }] = await logs(db);
  const ledger = home.logs.get(log);
  for (const seq of [2, 3]) ledger.hashes.delete(seq);
  ledger.have = 1;
  home.now = "2026-11-24T20:00:00Z";
  await talk();
  assert.equal(ledger.have, 3);
  home.now = RIPE;
  await talk();
  assert.equal((await entries(db)).filter((entry) => entry.seq > 1).length, 2);
});

test("an old receipt of a centre that forgot the log lets nothing go", async () => {
  const { db, home, talk } = await sent();
  home.logs.clear();
  home.now = "2026-12-24T22:00:00Z";
  home.before = ({ pathname }) => (pathname.endsWith("push") ? new Response("", { status: 503 }) : null);
  await assert.rejects(talk());
  assert.equal((await entries(db)).length, 3);
  assert.equal(await unsentCount(db), 2);
  home.before = () => null;
  await talk();
  assert.equal(home.texts().length, 3);
  assert.equal((await entries(db)).length, 3);
});

test("an answer that holds no receipt for a log lets nothing of it go", async () => {
  const { db, home, talk } = await sent();
  home.role = "node";
  home.now = RIPE;
  await talk();
  assert.equal((await entries(db)).length, 3);
  const [{ log, up }] = await logs(db);
  home.logs.get(log).up = up;
  await talk();
  assert.equal((await entries(db)).length, 0);
});

test("neither an older receipt nor more than a receipt covers lets anything go", async () => {
  const { db } = await sent();
  const [{ log, up }] = await logs(db);
  assert.equal(await prune(db, log, { ...up, at: "2026-11-21T21:00:00Z" }, RIPE), 0);
  assert.equal(await prune(db, log, { ...up, inc: "another life" }, RIPE), 0);
  assert.equal(await prune(db, log, { ...up, have: up.have - 1 }, RIPE), 0);
  assert.equal((await entries(db)).length, 3);
  assert.equal(await prune(db, log, up, RIPE), 3);
});
