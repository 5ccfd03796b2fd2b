/** Own records as they now stand. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { LEFT, arrive, event, leave, newPhone, visit as arrival } from "./support/phone.js";
import { append } from "../../static/js/store/append.js";
import { draft, drafts, drop, keep } from "../../static/js/store/drafts.js";
import { changed, mine, running, unsentCount, withWritten } from "../../static/js/store/read.js";

test("a visit runs until its leave, which gives it an end", async () => {
  const db = await newPhone();
  assert.equal(await running(db), null);
  const { rid } = await arrive(db);
  assert.equal((await running(db)).rid, rid);
  await leave(db, rid);
  assert.equal(await running(db), null);
  const [row] = await mine(9, db);
  assert.equal(row.body.climate, "calm");
  assert.equal(row.body.place, "HAG");
});

test("undoing the leave lets the visit run again, and a new tap ends it", async () => {
  const db = await newPhone();
  const { rid } = await arrive(db);
  const first = await leave(db, rid);
  await append("withdraw", { ref: first.rid, why: "ångrat" }, {}, db);
  assert.equal((await running(db)).rid, rid);
  const second = await leave(db, rid, { climate: "uneasy" });
  assert.equal(await running(db), null);
  const [row] = await mine(9, db);
  assert.equal(row.leave, second.rid);
  assert.equal(row.body.climate, "uneasy");
  assert.equal(row.withdrawn, false);
});

test("a tap outranks what was filled in, and that outranks the phone's own closing", async () => {
  const db = await newPhone();
  const { rid } = await arrive(db);
  await leave(db, rid, { ended_by: "auto", note: "auto" });
  await leave(db, rid, { ended_by: "tap", note: "tap" });
  await leave(db, rid, { ended_by: "backfill", note: "backfill" });
  assert.equal((await mine(9, db))[0].body.note, "tap");
});

test("an amendment replaces the body and names what it saw; a withdrawal hides the record", async () => {
  const db = await newPhone();
  const { rid } = await append("event", event(), {}, db);
  const [before] = await mine(9, db);
  await append("amend", { ref: rid, base: before.seen, body: event({ people: "26+" }), why: "fler" }, {}, db);
  const [after] = await mine(9, db);
  assert.equal(after.rid, rid);
  assert.equal(after.body.people, "26+");
  assert.equal(after.amended, true);
  assert.notEqual(after.seen, before.seen);
  await append("withdraw", { ref: rid, why: "fel" }, {}, db);
  assert.equal((await mine(9, db))[0].withdrawn, true);
});

test("the list is newest first, of the asked length, and counts what the centre lacks", async () => {
  const db = await newPhone();
  for (let i = 0; i < 5; i += 1) await append("event", event({ note: `${i}` }), {}, db);
  const rows = await mine(3, db);
  assert.deepEqual(rows.map((row) => row.body.note), ["4", "3", "2"]);
  assert.equal(await unsentCount(db), 5);
});

test("what was said of a standing condition stands in the list too, also where the event is another's", async () => {
  const db = await newPhone();
  const others = "019400aa-0000-7000-8000-000000000001";
  const { rid } = await append("confirm", { ref: others }, {}, db);
  await append("resolve", { ref: others }, {}, db);
  await append("withdraw", { ref: rid, why: "ångrat" }, {}, db);
  const rows = await mine(9, db);
  assert.deepEqual(rows.map(({ t, withdrawn, body }) => [t, withdrawn, body.ref]), [
    ["resolve", false, others],
    ["confirm", true, others],
  ]);
});

test("what was just written is shown without reading, as reading would show it", async () => {
  const db = await newPhone();
  const fault = event({ category: "PLA.belysning" });
  let shown = await mine(9, db);
  const writes = async (t, body) => {
    const { rid, row } = await append(t, body, {}, db);
    shown = withWritten(shown, row);
    assert.deepEqual(shown.map(asTold), (await mine(9, db)).map(asTold), t);
    return rid;
  };
  const visit = await writes("visit", arrival());
  const leaving = await writes("leave", { ref: visit, ...LEFT });
  await writes("withdraw", { ref: leaving, why: "undo" });
  await writes("leave", { ref: visit, ...LEFT, note: "igen" });
  await writes("amend", { ref: visit, base: shown[0].seen, body: { ...shown[0].body, note: "rättad" }, why: "rättad" });
  const lamp = await writes("event", fault);
  await writes("confirm", { ref: lamp });
  const fixed = await writes("resolve", { ref: lamp });
  await writes("withdraw", { ref: fixed, why: "undo" });
  await writes("withdraw", { ref: lamp, why: "fel" });
  await writes("confirm", { ref: "019400aa-0000-7000-8000-000000000001" });
});

test("every saved record is told of", async () => {
  const db = await newPhone();
  let told = 0;
  const stop = changed(() => (told += 1));
  await arrive(db);
  assert.ok(told >= 1);
  stop();
  const before = told;
  await append("event", event(), {}, db);
  assert.equal(told, before);
});

test("a draft is over with the record that it became, in one and the same write", async () => {
  const db = await newPhone();
  for (const name of ["event/ORD", "next-event", "leave"]) await keep(name, { note: "halv" }, db);
  await assert.rejects(append("event", event({ people: "många" }), { drafts: ["event/ORD"] }, db));
  assert.deepEqual(await draft("event/ORD", db), { note: "halv" });
  await append("event", event(), { drafts: ["event/ORD", "next-event"] }, db);
  assert.deepEqual((await drafts(db)).map((one) => one.name), ["leave"]);
});

test("a draft lasts until it is dropped", async () => {
  const db = await newPhone();
  await keep("event", { note: "halv" }, db);
  assert.deepEqual(await draft("event", db), { note: "halv" });
  await drop(["event"], db);
  assert.equal(await draft("event", db), null);
});

/** Without what it was worked out from: the order of that may differ. */
function asTold(one) {
  return { ...one, from: null };
}
