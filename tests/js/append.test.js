/** Writing a record: strict, whole, in a chain, once. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { arrive, entries, event, logs, newPhone } from "./support/phone.js";
import { Invalid, NotEnrolled, append } from "../../static/js/store/append.js";
import { NotSaved, openDatabase } from "../../static/js/store/database.js";
import { TooLarge } from "../../static/js/store/payload.js";
import { digest, fold, genesis } from "../../static/js/sync/chain.js";

test("the first record is preceded by the log's own open entry", async () => {
  const db = await newPhone();
  const saved = await arrive(db);
  const [open, visit] = await entries(db);
  assert.equal(saved.seq, 2);
  const first = JSON.parse(open.text);
  assert.equal(first.t, "open");
  assert.deepEqual(first.body, { device: "phone-1", app: "dev", reason: "new", previous: null });
  assert.equal(JSON.parse(visit.text).rid, saved.rid);
});

test("entries fold to the head that the log row names", async () => {
  const db = await newPhone();
  for (let i = 0; i < 5; i += 1) await append("event", event({ note: `å${i}` }), {}, db);
  const [log] = await logs(db);
  const rows = await entries(db);
  const digests = await Promise.all(rows.map((row) => digest(row.payload)));
  assert.deepEqual(await fold(await genesis(log.log), 1, digests), rows.map((row) => row.hash));
  assert.equal(log.head, rows.at(-1).hash);
  assert.equal(log.seq, 6);
});

test("a payload is compact JSON with the common keys, a version 7 id and a salt", async () => {
  const db = await newPhone();
  await arrive(db);
  const { text } = (await entries(db))[1];
  const record = JSON.parse(text);
  assert.equal(text, JSON.stringify(record));
  assert.deepEqual(Object.keys(record), ["rid", "v", "t", "at", "by", "org", "s", "body"]);
  assert.match(record.rid, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.match(record.s, /^[A-Za-z0-9_-]{22}$/);
  assert.match(record.at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/);
});

test("writes ask for strict durability, and saved means the transaction completed", async (t) => {
  const asked = [];
  let completed = 0;
  const real = IDBDatabase.prototype.transaction;
  t.mock.method(IDBDatabase.prototype, "transaction", function (stores, mode, options) {
    const made = real.call(this, stores, mode, options);
    if (mode === "readwrite") {
      asked.push(options?.durability);
      made.addEventListener("complete", () => (completed += 1));
    }
    return made;
  });
  // Dexie takes hold of the connection's method when it opens, so the phone comes after the spy.
  const db = await newPhone();
  asked.length = completed = 0;
  await arrive(db);
  assert.ok(asked.length >= 2);
  assert.deepEqual(new Set(asked), new Set(["strict"]));
  assert.equal(completed, asked.length);
});

test("an aborted transaction is never called saved and leaves nothing behind", async (t) => {
  const db = await newPhone();
  await arrive(db);
  const real = IDBObjectStore.prototype.put;
  t.mock.method(IDBObjectStore.prototype, "put", function (...args) {
    if (this.name === "logs") throw new DOMException("disk full", "QuotaExceededError");
    return real.apply(this, args);
  });
  await assert.rejects(append("event", event(), {}, db), (error) => error instanceof NotSaved && error.reason === "full");
  t.mock.restoreAll();
  assert.equal((await entries(db)).length, 2);
  assert.equal((await append("event", event(), {}, db)).seq, 3);
});

test("two tabs that write at once make one chain without a hole", async () => {
  const one = await newPhone({ name: "shared" });
  const two = openDatabase("shared");
  const writes = Array.from({ length: 20 }, (_, i) => append("event", event({ note: `${i}` }), {}, i % 2 ? one : two));
  const saved = await Promise.all(writes);
  assert.deepEqual(saved.map((one) => one.seq).sort((a, b) => a - b), Array.from({ length: 20 }, (_, i) => i + 2));
  assert.equal((await logs(one)).length, 1);
  const rows = await entries(one);
  const hashes = await fold(await genesis(rows[0].log), 1, rows.map((row) => row.digest));
  assert.deepEqual(rows.map((row) => row.hash), hashes);
});

test("the same rid again is the same record, written once", async () => {
  const db = await newPhone();
  const first = await arrive(db);
  const again = await arrive(db, { rid: first.rid });
  assert.deepEqual(again, { ...first, row: null });
  assert.equal((await entries(db)).length, 2);
});

test("a connection that the browser dropped is opened again and the record is written once", async (t) => {
  const real = IDBDatabase.prototype.transaction;
  let lost = null;
  let refused = 0;
  t.mock.method(IDBDatabase.prototype, "transaction", function (...args) {
    if (this === lost) {
      refused += 1;
      throw new DOMException("connection lost", "InvalidStateError");
    }
    return real.apply(this, args);
  });
  t.mock.method(console, "warn", () => {});
  const db = await newPhone();
  await arrive(db);
  lost = db.backendDB();
  const saved = await append("event", event(), {}, db);
  assert.equal(saved.seq, 3);
  assert.ok(refused > 0);
  assert.equal((await entries(db)).length, 3);
});

test("a connection that is lost in the middle of a write is opened again as well", async (t) => {
  const db = await newPhone();
  await arrive(db);
  const real = IDBObjectStore.prototype.add;
  let lost = 1;
  t.mock.method(IDBObjectStore.prototype, "add", function (...args) {
    if (lost-- > 0) throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
    return real.apply(this, args);
  });
  const saved = await append("event", event(), {}, db);
  assert.equal(saved.seq, 3);
  assert.equal((await entries(db)).length, 3);
});

test("a storage that stays broken says so after a few tries", async (t) => {
  const db = await newPhone();
  await arrive(db);
  t.mock.method(IDBObjectStore.prototype, "add", () => {
    throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
  });
  await assert.rejects(append("event", event(), {}, db), (error) => error instanceof NotSaved && error.reason === "lost");
});

test("a record that breaks its rules, is too large, or has no author is refused before it is stored", async () => {
  const db = await newPhone();
  await assert.rejects(append("visit", "nothing", {}, db), Invalid);
  await assert.rejects(append("event", event({ note: "x".repeat(70_000) }), {}, db), (error) => error instanceof TooLarge || error instanceof Invalid);
  const strange = await newPhone({ profile: null });
  await assert.rejects(append("event", event(), {}, strange), NotEnrolled);
  assert.equal((await entries(db)).length, 0);
  assert.equal((await entries(strange)).length, 0);
});
