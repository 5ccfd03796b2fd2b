/** A sealed phone: nothing of content lies in clear, all of it is shown and sent while unlocked, and nothing is lost while locked. */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { meeting, ridsAt, states } from "./support/meeting.js";
import { CENTRE_KEY } from "./support/home.js";
import { arrive, event, newPhone } from "./support/phone.js";
import { CANARY, lying, PIN, sealedPhone, unboxed, WHO, writtenOn } from "./support/sealed.js";
import { dataKey, keyOf, seal, unseal } from "../../static/js/crypto/seal.js";
import { append } from "../../static/js/store/append.js";
import { asideRows } from "../../static/js/store/aside.js";
import { bundle } from "../../static/js/store/bundles.js";
import { draft, drafts } from "../../static/js/store/drafts.js";
import { letIn, open } from "../../static/js/store/keys.js";
import { mend } from "../../static/js/store/mend.js";
import { photo } from "../../static/js/store/photos.js";
import { plain } from "../../static/js/store/plain.js";
import { profile, sender } from "../../static/js/store/profile.js";
import { mine, unsentCount } from "../../static/js/store/read.js";
import { lock } from "../../static/js/store/ring.js";
import { rotate } from "../../static/js/store/rotate.js";
import { Locked } from "../../static/js/store/sealing.js";

beforeEach(() => lock());

test("sealed bytes open under their own key and in their own place only", async () => {
  const [one, other] = await Promise.all([dataKey("00112233aabbccdd", new Uint8Array(32)), dataKey("0".repeat(16), new Uint8Array(32).fill(1))]);
  const bytes = await seal(one, "records 1", new TextEncoder().encode(CANARY));
  assert.equal(new TextDecoder().decode(await unseal(one, "records 1", bytes)), CANARY);
  assert.equal(keyOf(bytes), "00112233aabbccdd");
  assert.equal(await unseal(one, "records 2", bytes), null);
  assert.equal(await unseal(other, "records 1", bytes), null);
  bytes[bytes.length - 1] ^= 1;
  assert.equal(await unseal(one, "records 1", bytes), null);
  assert.notDeepEqual(await seal(one, "a", bytes), await seal(one, "a", bytes));
});

test("the search for what lies in clear finds it where nothing is sealed", async () => {
  const db = await newPhone({ centreKey: CENTRE_KEY });
  await writtenOn(db);
  const found = await lying(db);
  for (const one of [CANARY, "Pixel 7", '"by":"alice"', '"place":']) assert.ok(found.includes(one), one);
});

test("on a sealed phone nothing of it lies in clear, and all of it is read as before", async () => {
  const { db } = await sealedPhone();
  await writtenOn(db);
  const found = await lying(db);
  for (const one of [CANARY, "Pixel 7", '"by":"alice"', '"place":', PIN]) assert.ok(!found.includes(one), one);
  const [one] = (await mine(9, db)).filter(({ t }) => t === "event");
  assert.equal(one.body.note, CANARY);
  assert.equal(await (await photo(one.body.blobs[0].sha256, db)).text(), CANARY.repeat(9));
  assert.equal((await draft("event/ORD", db)).form.note, CANARY);
  assert.equal(new TextDecoder().decode((await draft("event/ORD", db)).photos[0].bytes), CANARY);
  assert.equal((await bundle("messages", db)).value.messages[0].text, CANARY);
  assert.equal((await profile(db)).token, "t");
});

test("what is sealed arrives byte for byte, and a new log is sealed like the old one", async () => {
  const { db, home, talk } = await sealedPhone();
  await writtenOn(db);
  const [{ log }] = await db.table("logs").toArray();
  await rotate(db, log, "forked");
  assert.ok(!(await lying(db)).includes(CANARY));
  await talk();
  assert.equal(home.texts().filter((text) => text.includes(CANARY)).length, 2);
  assert.deepEqual(await states(db), ["centre", "centre"]);
});

test("locked, nothing is shown, sent, set aside or written; unlocked again, all of it goes on", async () => {
  const { db, home, talk } = await sealedPhone();
  await writtenOn(db);
  lock();
  assert.deepEqual(await mine(9, db), []);
  assert.deepEqual(await drafts(db), []);
  assert.equal(await sender(db), null);
  assert.equal(await unsentCount(db), 3);
  await assert.rejects(arrive(db), Locked);
  assert.equal(await mend(db), 0);
  await talk();
  assert.deepEqual(home.texts(), []);
  assert.deepEqual(await asideRows(db), []);
  await open("alice", PIN, db);
  await talk();
  assert.equal(ridsAt(home).length, 3);
  assert.equal(await unsentCount(db), 0);
});

test("a sealed row that was changed is set aside, and never in the way of the rest", async () => {
  const { db, home, talk } = await sealedPhone();
  const rids = [];
  for (const note of ["first", "second", "third"]) rids.push((await append("event", event({ note }), {}, db)).rid);
  const [{ log }] = await db.table("logs").toArray();
  const row = await db.table("entries").get([log, 3]);
  row.sealed[30] ^= 1;
  await db.table("entries").put(row);
  const record = await db.table("records").get({ rid: rids[2] });
  record.sealed[30] ^= 1;
  await db.table("records").put(record);
  assert.equal(await mend(db), 1);
  await talk();
  assert.deepEqual(ridsAt(home), [rids[0], rids[2]].sort());
  assert.deepEqual((await asideRows(db)).map(({ table, row: kept }) => [table, kept.sealed?.length > 0]), [["records", true], ["entries", true]]);
  assert.deepEqual((await mine(9, db)).map(({ body }) => body.note), ["third", "second", "first"]);
});

const vectors = JSON.parse(readFileSync(new URL("../contract/locked.json", import.meta.url), "utf8"));

for (const { table, key, plain_hex, sealed_hex } of vectors.rows) {
  test(`a row as the centre opens it too: ${table}`, async () => {
    const data = await dataKey(vectors.id, Buffer.from(vectors.raw_hex, "hex"));
    const bytes = new Uint8Array(Buffer.from(sealed_hex, "hex"));
    assert.equal(keyOf(bytes), vectors.id);
    assert.equal(Buffer.from(await unseal(data, `${table} ${key}`, bytes)).toString("hex"), plain_hex);
  });
}

test("the token is never on the phone in clear, not even while enrolling", async (t) => {
  const { db, enrolled } = unboxed();
  const seen = [];
  const real = IDBObjectStore.prototype.put;
  t.mock.method(IDBObjectStore.prototype, "put", function (...args) {
    seen.push(plain(args[0]));
    return real.apply(this, args);
  });
  const { token } = await enrolled("alice", PIN);
  assert.ok(seen.length > 2 && !seen.some((one) => one.includes(token)));
  assert.equal((await profile(await db)).token, token);
});

test("a phone that was in clear is sealed whole, and cut off anywhere loses nothing", async (t) => {
  const put = IDBObjectStore.prototype.put;
  for (let stop = 1, isDone = false; !isDone; stop += 1) {
    lock();
    const { db, home, talk } = await meeting();
    await writtenOn(db);
    let left = stop;
    const cut = t.mock.method(IDBObjectStore.prototype, "put", function (...args) {
      left -= 1;
      if (left === 0) throw new DOMException("killed", "AbortError");
      return put.apply(this, args);
    });
    isDone = await letIn(WHO, PIN, db).then(() => true, () => false);
    cut.mock.restore();
    lock();
    if (await db.table("keys").count()) await open("alice", PIN, db);
    assert.equal((await mine(9, db)).length, 2, `after ${stop}`);
    assert.equal((await draft("event/ORD", db)).form.note, CANARY);
    await talk();
    assert.equal(ridsAt(home).length, 3);
    assert.ok(!(await lying(db)).includes(CANARY));
    assert.ok(!isDone || stop > 5);
  }
});
