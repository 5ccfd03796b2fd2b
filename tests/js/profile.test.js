/** Several users of one phone, and a phone whose storage was cleared: nothing unsent is ever deleted, nothing starts in silence. */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { CENTRE_KEY, Home } from "./support/home.js";
import { ridsAt } from "./support/meeting.js";
import { arrive, entries, event, leave, newPhone } from "./support/phone.js";
import { append, NotEnrolled } from "../../static/js/store/append.js";
import { openDatabase, recall } from "../../static/js/store/database.js";
import { enrol } from "../../static/js/store/enrol.js";
import { evicted } from "../../static/js/store/evicted.js";
import { profile, profiles, sender, signOut, switchTo } from "../../static/js/store/profile.js";
import { mine, running, unsentCount } from "../../static/js/store/read.js";
import { converse } from "../../static/js/sync/converse.js";
import { Peer, Refusal } from "../../static/js/sync/http.js";

let count = 0;

/** A phone straight from the shop, and its home store. */
async function unboxed() {
  const home = new Home();
  const db = openDatabase(`unboxed-${(count += 1)}`);
  const peer = () => new Peer("", { url: "http://home", fetch: home.fetch });
  const enrolled = (code) => enrol(code, "Pixel 7", { db, peer: peer() });
  const talk = async () => {
    const who = await sender(db);
    return converse(db, new Peer(who.token, { url: "http://home", fetch: home.fetch }), who.centreKey);
  };
  return { home, db, enrolled, talk, ask: () => evicted(db, peer()) };
}

const opening = async (db) => JSON.parse((await entries(db))[0].text).body;

test("a second account on one phone keeps the device, and both see their own", async () => {
  const { db, home, enrolled } = await unboxed();
  const alice = await enrolled("alice");
  await append("event", event(), {}, db);
  // By its token; a browser may have lost the cookie.
  home.cookie.device = null;
  const bob = await enrolled("bob");
  assert.equal(bob.device, alice.device);
  assert.notEqual(bob.token, alice.token);
  assert.deepEqual(await mine(9, db), []);
  const { rid } = await append("event", event(), {}, db);
  assert.deepEqual((await mine(9, db)).map((one) => one.rid), [rid]);
  assert.equal(await unsentCount(db), 2);
  assert.deepEqual((await profiles(db)).map((one) => one.account), ["bob", "alice"]);
});

test("what one wrote is sent by the other, under its author", async () => {
  const { db, home, enrolled, talk } = await unboxed();
  await enrolled("alice");
  const visit = await arrive(db);
  await enrolled("bob");
  await append("event", event(), {}, db);
  await talk();
  assert.equal(await unsentCount(db), 0);
  const written = home.texts().map((text) => JSON.parse(text)).find((record) => record.rid === visit.rid);
  assert.equal(written.by, "alice");
  assert.ok(home.requests.some(({ init }) => init.headers.Authorization?.startsWith("Bearer bob@")));
});

test("one changes back without a code, and a visit that runs is its author's", async () => {
  const { db, enrolled } = await unboxed();
  await enrolled("alice");
  const visit = await arrive(db);
  await enrolled("bob");
  assert.equal(await running(db), null);
  assert.equal((await switchTo("alice", db)).account, "alice");
  assert.equal((await running(db)).rid, visit.rid);
  await leave(db, visit.rid);
  assert.equal(await running(db), null);
});

test("logging out deletes nothing; what is unsent is still sent", async () => {
  const { db, home, enrolled, talk } = await unboxed();
  await enrolled("alice");
  const { rid } = await append("event", event(), {}, db);
  await signOut(db);
  assert.equal(await profile(db), null);
  assert.deepEqual(await mine(9, db), []);
  await assert.rejects(append("event", event(), {}, db), NotEnrolled);
  assert.equal(await unsentCount(db), 1);
  await talk();
  assert.deepEqual(ridsAt(home), [rid]);
});

test("who logged out needs a new code, and then finds all that was there", async () => {
  const { db, enrolled } = await unboxed();
  const first = await enrolled("alice");
  await append("event", event(), {}, db);
  await signOut(db);
  assert.equal(await switchTo("alice", db), null);
  assert.equal(await profile(db), null);
  const again = await enrolled("alice");
  assert.equal(again.device, first.device);
  assert.equal((await mine(9, db)).length, 1);
  assert.equal((await profiles(db)).length, 1);
});

test("a phone whose token is void is enrolled all the same", async () => {
  const { home, enrolled } = await unboxed();
  const { token } = await enrolled("alice");
  home.voidTokens.add(`Bearer ${token}`);
  const again = await enrolled("bob");
  assert.equal(again.account, "bob");
});

test("a code that is refused leaves everything as it was", async () => {
  const { db, home, enrolled } = await unboxed();
  await enrolled("alice");
  home.before = () => new Response('{"error":"bad_code"}', { status: 404, headers: { "Fieldlog-Proto": "1" } });
  await assert.rejects(enrolled("bob"), Refusal);
  assert.equal((await profile(db)).account, "alice");
});

test("a new phone is new", async () => {
  const { db, enrolled, ask } = await unboxed();
  assert.equal(await ask(), null);
  await enrolled("alice");
  await append("event", event(), {}, db);
  const { reason, previous } = await opening(db);
  assert.deepEqual([reason, previous], ["new", null]);
});

test("a phone whose storage was cleared says so, to its user and in its log", async () => {
  const { db, home, enrolled, ask } = await unboxed();
  const last = { log: "ab".repeat(16), seq: 41 };
  home.cookie = { device: "phone-7", last_log: last };
  assert.deepEqual(await ask(), { device: "phone-7", lastLog: last });
  const again = await enrolled("alice");
  assert.equal(again.device, "phone-7");
  await append("event", event(), {}, db);
  const { reason, previous, device } = await opening(db);
  assert.deepEqual([reason, previous, device], ["evicted", last, "phone-7"]);
});

test("a phone that holds something is not called cleared, whatever a store says", async () => {
  const { db, home, enrolled } = await unboxed();
  await enrolled("alice");
  await append("event", event(), {}, db);
  home.cookie.last_log = { log: "ab".repeat(16), seq: 41 };
  await enrolled("bob");
  assert.equal(await recall(db, "evicted"), null);
});

test("without a network nobody can tell, and that is no alarm", async () => {
  const { home, ask } = await unboxed();
  home.before = () => {
    throw new TypeError("offline");
  };
  assert.equal(await ask(), null);
});

test("a phone of before the cookie asks for it once, by its token", async () => {
  const { db, home, enrolled, talk } = await unboxed();
  await enrolled("alice");
  await db.table("meta").delete("cookieAt");
  const asked = () => home.requests.filter(({ pathname }) => pathname === "/sync/v1/device");
  await talk();
  await talk();
  assert.equal(asked().length, 1);
  assert.equal(asked()[0].init.credentials, "same-origin");
  assert.ok(asked()[0].init.headers.Authorization);
});

test("a store that knows of no cookie is no reason to fail", async () => {
  const db = await newPhone({ centreKey: CENTRE_KEY });
  const home = new Home();
  home.before = ({ pathname }) => (pathname.endsWith("/device") ? new Response("{}", { status: 404, headers: { "Fieldlog-Proto": "1" } }) : null);
  await converse(db, new Peer("t", { url: "http://home", fetch: home.fetch }), CENTRE_KEY);
  assert.ok(await recall(db, "cookieAt"));
});
