/** Who can unlock a phone, how often they may try, and what several people on one phone can do for each other. */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { event } from "./support/phone.js";
import { CANARY, OTHER, PIN, sealedPhone, unboxed } from "./support/sealed.js";
import { dataKey } from "../../static/js/crypto/seal.js";
import { unwrap, wrapWithPasskey, wrapWithPin } from "../../static/js/crypto/wrap.js";
import { append } from "../../static/js/store/append.js";
import { asideRows } from "../../static/js/store/aside.js";
import { carried } from "../../static/js/store/carried.js";
import { change, doors, open, Wrong } from "../../static/js/store/keys.js";
import { recall } from "../../static/js/store/database.js";
import { NotYet, waiting } from "../../static/js/store/pace.js";
import { profile, signOut, switchTo } from "../../static/js/store/profile.js";
import { mine, unsentCount } from "../../static/js/store/read.js";
import { carryShut } from "../../static/js/store/rescue.js";
import { lock, onLock } from "../../static/js/store/ring.js";

beforeEach(() => lock());

test("a key in memory can't be taken out of the browser", async () => {
  const { key } = await dataKey("0".repeat(16), new Uint8Array(32));
  await assert.rejects(crypto.subtle.exportKey("raw", key));
});

test("a wrapped key opens by its PIN, or by its passkey's secret, for its own profile alone", async () => {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const byPin = await wrapWithPin(PIN, "k alice", raw);
  assert.ok(byPin.rounds >= 600_000);
  assert.deepEqual(await unwrap(PIN, "k alice", byPin), raw);
  assert.equal(await unwrap(OTHER, "k alice", byPin), null);
  assert.equal(await unwrap(PIN, "k bob", byPin), null);
  const secret = crypto.getRandomValues(new Uint8Array(32));
  const byKey = await wrapWithPasskey(secret, new Uint8Array(4), "k alice", raw);
  assert.deepEqual(await unwrap(secret, "k alice", byKey), raw);
  assert.equal(await unwrap(raw, "k alice", byKey), null);
});

test("a wrong PIN opens nothing and says how many tries are left; a restart gives none back", async () => {
  const { db } = await sealedPhone();
  lock();
  await assert.rejects(open("alice", OTHER, db), (error) => error instanceof Wrong && error.left === 9);
  assert.deepEqual(await mine(9, db), []);
  db.close({ disableAutoOpen: false });
  await assert.rejects(open("alice", OTHER, db), (error) => error.left === 8);
  await open("alice", PIN, db);
  assert.equal(await waiting("alice", db), 0);
});

test("wrong PINs come further and further apart, whatever the clock says, and at last only a new enrolment helps", async (t) => {
  const { db } = await sealedPhone();
  lock();
  t.mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-11-21T20:00:00Z") });
  const fails = (pin) => assert.rejects(open("alice", pin, db), Wrong);
  for (let i = 0; i < 5; i += 1) await fails(OTHER);
  await assert.rejects(open("alice", PIN, db), (error) => error instanceof NotYet && error.wait === 30_000);
  t.mock.timers.setTime(Date.parse("2026-11-21T19:00:00Z"));
  await assert.rejects(open("alice", PIN, db), (error) => error.wait === 30_000);
  const waits = [];
  while (Number.isFinite(await waiting("alice", db))) {
    waits.push((await waiting("alice", db)) / 1000);
    t.mock.timers.tick(await waiting("alice", db));
    await fails(OTHER);
  }
  assert.deepEqual(waits, [30, 60, 300, 900, 3600]);
  t.mock.timers.tick(1e9);
  await assert.rejects(open("alice", PIN, db), (error) => error.wait === Infinity);
  assert.equal(await db.table("keys").count(), 1);
});

test("a PIN can be changed by whoever knows the old one, and the old one opens no more", async () => {
  const { db } = await sealedPhone();
  await append("event", event({ note: CANARY }), {}, db);
  await assert.rejects(change("alice", OTHER, "11112222", db), Wrong);
  await change("alice", PIN, OTHER, db);
  lock();
  await assert.rejects(open("alice", PIN, db), Wrong);
  await open("alice", OTHER, db);
  assert.equal((await mine(9, db))[0].body.note, CANARY);
});

test("two people on one phone: each PIN opens it, each sees their own, and either sends all", async () => {
  const phone = unboxed();
  const db = await phone.db;
  await phone.enrolled("alice", PIN);
  await append("event", event({ note: "Alice's" }), {}, db);
  await phone.enrolled("bob", OTHER);
  await append("event", event({ note: "Bob's" }), {}, db);
  lock();
  assert.deepEqual((await doors(db)).map(({ account, number }) => [account, number]), [["alice", 1], ["bob", 2]]);
  await open("alice", PIN, db);
  assert.deepEqual((await mine(9, db)).map(({ body }) => body.note), ["Alice's"]);
  assert.deepEqual((await doors(db)).map(({ account, number }) => [account, number]), [["alice", 1], ["bob", 2]]);
  lock();
  await assert.rejects(open("alice", OTHER, db), Wrong);
  await open("bob", OTHER, db);
  assert.deepEqual((await mine(9, db)).map(({ body }) => body.note), ["Bob's"]);
  await phone.talk();
  assert.deepEqual(phone.home.texts().map((text) => JSON.parse(text)).filter(({ t }) => t === "event").map(({ by }) => by), ["alice", "bob"]);
});

test("nobody sees a list that is not theirs, not even for a moment", async () => {
  const phone = unboxed();
  const db = await phone.db;
  await phone.enrolled("alice", PIN);
  await phone.enrolled("bob", OTHER);
  lock();
  const seen = [];
  const stop = onLock(() => seen.push(recall(db, "profile")));
  await open("alice", PIN, db);
  stop();
  assert.deepEqual((await Promise.all(seen)).map(({ account }) => account), ["alice"]);
});

test("who signed out opens nothing where somebody else can", async () => {
  const phone = unboxed();
  const db = await phone.db;
  await phone.enrolled("alice", PIN);
  await phone.enrolled("bob", OTHER);
  await signOut(db);
  assert.deepEqual((await doors(db)).map(({ account }) => account), ["alice"]);
});

test("who signed out opens the phone for sending only", async () => {
  const phone = unboxed();
  const db = await phone.db;
  await phone.enrolled("alice", PIN);
  await append("event", event(), {}, db);
  await signOut(db);
  lock();
  await open("alice", PIN, db);
  assert.equal(await profile(db), null);
  assert.equal(await switchTo("alice", db), null);
  await phone.talk();
  assert.equal(await unsentCount(db), 0);
});

test("a storage that was cleared while unlocked begins with a new key", async () => {
  const phone = unboxed();
  const db = await phone.db;
  await phone.enrolled("alice", PIN);
  await Promise.all(db.tables.map((table) => table.clear()));
  await phone.enrolled("alice", OTHER);
  await append("event", event({ note: CANARY }), {}, db);
  lock();
  await open("alice", OTHER, db);
  assert.equal((await mine(9, db))[0].body.note, CANARY);
});

test("someone new on a locked phone goes on beside what is locked, sends, and blocks nobody", async () => {
  const phone = unboxed();
  const db = await phone.db;
  await phone.enrolled("alice", PIN);
  await append("event", event({ note: "Alice's" }), {}, db);
  lock();
  await phone.enrolled("bob", OTHER);
  await append("event", event({ note: "Bob's" }), {}, db);
  await phone.talk();
  assert.equal(await unsentCount(db), 1);
  assert.equal(phone.home.texts().filter((text) => text.includes("Bob's")).length, 1);
  assert.deepEqual(await asideRows(db), []);
  await carryShut(db);
  assert.deepEqual((await carried(db)).map(({ state, device }) => [state, device]), [["phone", "phone-of-alice"]]);
  lock();
  await open("alice", PIN, db);
  await append("event", event({ note: "later" }), {}, db);
  await phone.talk();
  assert.equal(await unsentCount(db), 0);
  assert.deepEqual((await mine(9, db)).map(({ body }) => body.note), ["later", "Alice's"]);
});
