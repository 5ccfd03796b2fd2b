/** What needs its author, and what needs its author no more. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { event, newPhone } from "./support/phone.js";
import { append } from "../../static/js/store/append.js";
import { mine } from "../../static/js/store/read.js";

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
