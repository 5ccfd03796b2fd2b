/** What needs its author, and what needs its author no more. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { event, newPhone } from "./support/phone.js";
import { append } from "../../static/js/store/append.js";
import { mine } from "../../static/js/store/read.js";
import { returned } from "../../static/js/patrol/more.js";

const fault = (seq) => ({ seq, code: "unknown_place", message: "The place is not known." });

async function judged(db, seqs) {
  const [log] = await db.table("logs").toArray();
  await db.table("logs").update(log.log, { q: seqs.map(fault), held: { have: log.seq, hash: log.head } });
}

test("a record in quarantine needs its author until it is corrected", async () => {
  const db = await newPhone();
  const { rid, seq } = await append("event", event(), {}, db);
  await judged(db, [seq]);
  const [row] = await mine(9, db);
  assert.deepEqual([row.state, row.code], ["needs", "unknown_place"]);

  const body = { ...row.body, place: null, precision: "district" };
  await append("amend", { ref: rid, base: row.seen, body, why: "rättad" }, {}, db);
  const [corrected] = await mine(9, db);
  assert.deepEqual([corrected.state, corrected.amended], ["phone", true]);
});

test("a correction that is set aside itself needs its author again", async () => {
  const db = await newPhone();
  const { rid, seq } = await append("event", event(), {}, db);
  const [row] = await mine(9, db);
  const amended = await append("amend", { ref: rid, base: row.seen, body: row.body, why: "rättad" }, {}, db);
  await judged(db, [seq, amended.seq]);
  assert.equal((await mine(9, db))[0].state, "needs");
});

test("a correction replaced by a later one needs its author no more, nor does the leave whose words it says", async () => {
  const db = await newPhone();
  const visit = await append("visit", VISIT, {}, db);
  const left = await append("leave", { ref: visit.rid, ...END, note: "fel" }, {}, db);
  await judged(db, [left.seq]);
  assert.equal((await mine(9, db))[0].state, "needs");

  const [row] = await mine(9, db);
  const first = await append("amend", { ref: visit.rid, base: row.seen, body: { ...row.body, note: "fel igen" }, why: "rättad" }, {}, db);
  await judged(db, [left.seq, first.seq]);
  const [again] = await mine(9, db);
  assert.equal(again.state, "needs");
  await append("amend", { ref: visit.rid, base: again.seen, body: { ...again.body, note: "" }, why: "rättad" }, {}, db);
  const [right] = await mine(9, db);
  assert.deepEqual([right.state, right.body.note, right.body.ended_by], ["phone", "", "tap"]);
});

test("what was sent back is over when its author has corrected or withdrawn it since, by the servers' clock", () => {
  const message = { kind: "return", rid: "r", at: "2026-11-22T20:00:00Z" };
  const record = { rid: "r", withdrawn: false, changedAt: null };
  const shown = (/** @type {any} */ one, skew = 0) => returned([message], [{ ...record, ...one }], skew).length;
  assert.equal(shown({}), 1);
  assert.equal(shown({ rid: "another" }), 0);
  assert.equal(shown({ withdrawn: true }), 0);
  assert.equal(shown({ changedAt: "2026-11-22T19:59:00Z" }), 1);
  assert.equal(shown({ changedAt: "2026-11-22T21:01:00+01:00" }), 0);
  assert.equal(shown({ changedAt: "2026-11-22T18:30:00Z" }, 2 * 3_600_000), 0);
});

const VISIT = {
  place: "HAG", point: null, point_why: "none", far: null, started_at: "2026-11-22T21:00:00+01:00", ended_at: null,
  ended_by: null, mode: "foot", crew: 2, kind: "own",
};
const END = {
  ended_at: "2026-11-22T21:20:00+01:00", ended_by: "tap", climate: "calm", contacts: null, nothing_observed: false,
};
