/** Photos: kept with their record or not at all, sent in parts beside the records, let go only at the centre's word. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { meeting, states } from "./support/meeting.js";
import { CENTRE_KEY } from "./support/home.js";
import { entries, event, newPhone } from "./support/phone.js";
import { append } from "../../static/js/store/append.js";
import { asideRows } from "../../static/js/store/aside.js";
import { photo, photosWaiting } from "../../static/js/store/photos.js";
import { mine, unsentCount } from "../../static/js/store/read.js";
import { sendAfterwards } from "../../static/js/sync/afterwards.js";
import { Pace, sendPhoto } from "../../static/js/sync/blobs.js";
import { digest } from "../../static/js/sync/chain.js";

const SIGNED = "2026-11-21T22:00:00Z";
const TOO_SOON = "2026-11-24T21:59:59Z";
const RIPE = "2026-11-24T22:00:00Z";

function picture(size, fill = 7) {
  const bytes = new Uint8Array(size).fill(fill);
  bytes[0] = 0xff;
  return new Blob([bytes], { type: "image/jpeg" });
}

async function shaOf(blob) {
  return digest(new Uint8Array(await blob.arrayBuffer()));
}

/** A phone with one record that has a photo, sent; the photo is not. */
async function withPhoto(size = 600_000) {
  const { db, home, peer, talk } = await meeting();
  const taken = picture(size);
  const saved = await append("event", event(), { photos: [taken] }, db);
  home.now = SIGNED;
  await talk();
  const turns = { count: 0 };
  const turn = async () => void (turns.count += 1);
  const send = (hurry = true) => sendAfterwards(db, peer, CENTRE_KEY, { turn, again: () => {}, hurry });
  return { db, home, peer, talk, send, turns, saved, sha256: await shaOf(taken) };
}

const patches = (home) => home.requests.filter(({ init }) => init.method === "PATCH");

test("a record names its photos, and both are kept in one step", async () => {
  const db = await newPhone();
  const taken = picture(1000);
  const { rid } = await append("event", event(), { photos: [taken] }, db);
  const [row] = await mine(9, db);
  assert.deepEqual(row.body.blobs, [{ sha256: await shaOf(taken), size: 1000, mime: "image/jpeg" }]);
  assert.deepEqual(row.photos, { all: 1, waiting: 1 });
  assert.equal(row.rid, rid);
  assert.equal(await photosWaiting(db), 1);
  const kept = await photo(row.body.blobs[0].sha256, db);
  assert.deepEqual(await kept.arrayBuffer(), await taken.arrayBuffer());
});

test("when the photo can't be kept, neither is the record", async () => {
  const db = await newPhone();
  await append("event", event(), {}, db);
  db.table("photoBytes").hook("creating", () => {
    throw new DOMException("", "QuotaExceededError");
  });
  await assert.rejects(append("event", event(), { photos: [picture(1000)] }, db), { reason: "full" });
  assert.equal((await mine(9, db)).length, 1);
  assert.equal((await entries(db)).length, 2);
  assert.equal(await db.table("photos").count(), 0);
});

test("the same photo in two records is kept once", async () => {
  const db = await newPhone();
  for (let i = 0; i < 2; i += 1) await append("event", event(), { photos: [picture(1000)] }, db);
  assert.equal(await photosWaiting(db), 1);
  assert.deepEqual((await mine(9, db)).map((row) => row.photos.waiting), [1, 1]);
});

test("a record never waits for its photo", async () => {
  const { db, home } = await withPhoto();
  assert.equal(await unsentCount(db), 0);
  assert.deepEqual(await states(db), ["centre"]);
  assert.equal(patches(home).length, 0);
});

test("it goes in parts of 256 KiB, each after its turn, and the centre's word makes it safe", async () => {
  const { db, home, send, turns, sha256 } = await withPhoto();
  assert.equal(await send(), 0);
  assert.deepEqual(patches(home).map(({ init }) => init.body.length), [262_144, 262_144, 75_712]);
  assert.ok(turns.count >= 3);
  assert.equal(await digest(home.shelf.parts.get(sha256)), sha256);
  const [row] = await mine(9, db);
  assert.deepEqual(row.photos, { all: 1, waiting: 0 });
});

test("a cut line costs the part under way, and it goes on from there", async () => {
  const { db, home, send, sha256 } = await withPhoto();
  let left = 2;
  home.before = ({ init }) => {
    if (init.method === "PATCH" && (left -= 1) < 1) throw new TypeError("cut");
  };
  assert.ok((await send()) > 0);
  assert.equal(home.shelf.length(sha256), 262_144);
  assert.equal(await photosWaiting(db), 1);
  home.before = () => null;
  assert.equal(await send(), 0);
  assert.deepEqual(patches(home).map(({ init }) => Number(init.headers["Upload-Offset"])), [0, 262_144, 262_144, 524_288]);
});

test("an answer that was lost is no reason to send a part again", async () => {
  const { home, send } = await withPhoto();
  let lost = false;
  home.after = (answer, { init }) => {
    if (init.method !== "PATCH" || lost) return answer;
    lost = true;
    throw new TypeError("lost");
  };
  await send();
  assert.equal(await send(), 0);
  assert.deepEqual(patches(home).map(({ init }) => Number(init.headers["Upload-Offset"])), [0, 262_144, 524_288]);
});

test("after a time-out the parts are smaller, so that 2 kB/s get on", async () => {
  const { home, send } = await withPhoto();
  home.before = ({ init }) => {
    if (init.method === "PATCH" && init.body.length > 65_536) throw new DOMException("", "TimeoutError");
  };
  assert.equal(await send(), 0);
  assert.ok(patches(home).some(({ init }) => init.body.length === 65_536));
  assert.ok(patches(home).every(({ init }) => init.body.length >= 16_384 || init.headers["Upload-Offset"] !== "0"));
});

test("a failure waits before the next try, unless somebody taps", async () => {
  const { home, send } = await withPhoto();
  home.before = () => new Response("<html>", { status: 200 });
  assert.ok((await send()) >= 2000);
  const before = home.requests.length;
  assert.ok((await send(false)) > 0);
  assert.equal(home.requests.length, before);
  home.before = () => null;
  assert.equal(await send(true), 0);
});

test("a captive portal that says yes to everything has taken nothing", async () => {
  const { db, home, send } = await withPhoto();
  home.before = () => new Response("", { status: 200, headers: { "Upload-Offset": "600000" } });
  await send();
  const [row] = await db.table("photos").toArray();
  assert.deepEqual([row.state, row.refused], ["phone", null]);
});

test("a store that does not know the record yet is asked again later", async () => {
  const { db, home, send } = await withPhoto();
  const logs = home.logs;
  home.logs = new Map();
  assert.ok((await send()) > 0);
  assert.equal(await photosWaiting(db), 1);
  home.logs = logs;
  assert.equal(await send(), 0);
});

test("what a store will not take is kept, told of, and does not hold up the next", async () => {
  const { db, home, talk, send, sha256 } = await withPhoto();
  const other = picture(1000, 9);
  await append("event", event(), { photos: [other] }, db);
  await talk();
  home.shelf.refused.set(sha256, 415);
  await send();
  assert.equal((await db.table("photos").get(sha256)).refused, "415");
  assert.ok(await photo(sha256, db));
  assert.equal((await db.table("photos").get(await shaOf(other))).state, "centre");
});

test("a node's having it is not the centre's", async () => {
  const { db, home, send, sha256 } = await withPhoto();
  home.role = "node";
  assert.ok((await send()) > 0);
  assert.equal((await db.table("photos").get(sha256)).state, "node");
  assert.equal(await photosWaiting(db), 1);
  home.shelf.known.set(sha256, `${home.inc} ${SIGNED} ${"A".repeat(86)}`);
  await send();
  assert.equal((await db.table("photos").get(sha256)).state, "node");
  home.shelf.known.set(sha256, await home.shelf.word({ sha256, size: 600_000 }));
  assert.equal(await send(), 0);
  assert.equal((await db.table("photos").get(sha256)).state, "centre");
});

test("it is let go of 72 hours after the centre's word, and not before", async () => {
  const { db, home, talk, send, sha256 } = await withPhoto();
  await send();
  home.now = TOO_SOON;
  await talk();
  await send();
  assert.ok(await photo(sha256, db));
  home.now = RIPE;
  await talk();
  await send();
  assert.equal(await photo(sha256, db), null);
  assert.equal(await db.table("photoBytes").count(), 0);
});

test("asked again too soon, for whatever reason, it is still held", async () => {
  const { db, home, peer, send, sha256 } = await withPhoto();
  await send();
  const row = await db.table("photos").get(sha256);
  await sendPhoto(db, peer, CENTRE_KEY, row, { pace: new Pace(), turn: async () => {}, now: TOO_SOON });
  assert.ok(await photo(sha256, db));
  assert.equal(home.shelf.length(sha256), 600_000);
});

test("a centre restored from a copy without it gets it again, and 72 hours begin anew", async () => {
  const { db, home, talk, send, sha256 } = await withPhoto();
  await send();
  home.inc = "11fe2";
  home.shelf.parts.clear();
  home.now = TOO_SOON;
  await talk();
  await send();
  assert.ok(await photo(sha256, db));
  assert.equal(home.shelf.length(sha256), 600_000);
  home.now = RIPE;
  await talk();
  await send();
  assert.ok(await photo(sha256, db));
});

test("a photo whose bytes were damaged is set aside as it is; nothing false is sent", async () => {
  const { db, home, send, sha256 } = await withPhoto();
  const damaged = new Uint8Array(600_000);
  await db.table("photoBytes").put({ sha256, bytes: damaged });
  await send();
  assert.equal(patches(home).length, 0);
  const [aside] = await asideRows(db);
  assert.deepEqual([aside.table, aside.key, aside.row.bytes.length], ["photoBytes", sha256, 600_000]);
  assert.equal(await photosWaiting(db), 0);
  assert.equal(await db.table("photoBytes").count(), 1);
});
