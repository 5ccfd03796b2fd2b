/** Rows that a disk or another program has changed: set aside as they are, told of, never in the way of the rest. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { meeting, ridsAt } from "./support/meeting.js";
import { arrive, entries, event, leave, logs, newPhone } from "./support/phone.js";
import { append } from "../../static/js/store/append.js";
import { asideCount, asideRows } from "../../static/js/store/aside.js";
import { mend } from "../../static/js/store/mend.js";
import { mine, unsentCount } from "../../static/js/store/read.js";

/** Three events on a phone, the middle one about to be damaged, none sent. */
async function three() {
  const { db, home, talk } = await meeting();
  const rids = [];
  for (const note of ["first", "second", "third"]) rids.push((await append("event", event({ note }), {}, db)).rid);
  const { log } = (await logs(db))[0];
  return { db, home, talk, rids, log };
}

/** Makes reading one row fail as a browser does whose file for it is gone. */
function unreadableRow(db, table, key) {
  const fails = () => {
    throw new DOMException("Failed to read large IndexedDB value", "DataError");
  };
  db.use({
    stack: "dbcore",
    name: "damaged",
    create: (down) => ({
      ...down,
      table(name) {
        const real = down.table(name);
        if (name !== table) return real;
        const is = (one) => JSON.stringify(one) === JSON.stringify(key);
        return {
          ...real,
          get: async (request) => (is(request.key) ? fails() : real.get(request)),
          query: async (request) => (request.values && (await real.query({ ...request, values: false })).result.some(is) ? fails() : real.query(request)),
        };
      },
    }),
  });
  db.close({ disableAutoOpen: false });
}

test("bytes that are not what was written are told of by their digest, kept raw, and never sent", async () => {
  const { db, home, talk, rids, log } = await three();
  const { payload } = await db.table("entries").get([log, 3]);
  const flipped = payload.slice();
  flipped[flipped.length - 40] ^= 1;
  await db.table("entries").update([log, 3], { payload: flipped });
  await talk();
  assert.deepEqual(ridsAt(home).sort(), [rids[0], rids[2]].sort());
  assert.equal(home.logs.get(log).texts.get(3)[0], "!");
  assert.equal(home.logs.get(log).have, 4);
  const [aside] = await asideRows(db);
  assert.deepEqual([aside.table, aside.key, aside.why], ["entries", [log, 3], "unreadable"]);
  assert.deepEqual(aside.row.payload, flipped);
});

test("its author is told, and still sees what was written", async () => {
  const { db, talk, rids, log } = await three();
  await db.table("entries").update([log, 3], { payload: "not bytes" });
  await talk();
  const shown = (await mine(9, db)).find((one) => one.rid === rids[1]);
  assert.deepEqual([shown.state, shown.code, shown.body.note], ["needs", "unreadable", "second"]);
  assert.equal(await asideCount(db), 1);
});

test("a damaged row is set aside once, however often it is met", async () => {
  const { db, home, talk, log } = await three();
  await db.table("entries").update([log, 3], { payload: null });
  await db.table("entries").update([log, 4], { payload: 7 });
  home.before = ({ pathname }) => (pathname.endsWith("push") ? new Response("", { status: 503 }) : null);
  for (let i = 0; i < 2; i += 1) await assert.rejects(talk());
  assert.equal(await asideCount(db), 1);
});

test("a row that can't be read at all: the log begins anew with all the others", async () => {
  const { db, home, talk, rids, log } = await three();
  unreadableRow(db, "entries", [log, 3]);
  await talk();
  // What came before it may come twice, in two logs; it is the same record by its rid.
  assert.deepEqual([...new Set(ridsAt(home))], [rids[0], rids[2]].sort());
  const [aside] = await asideRows(db);
  assert.deepEqual([aside.key, aside.row], [[log, 3], null]);
  const shown = (await mine(9, db)).find((one) => one.rid === rids[1]);
  assert.deepEqual([shown.state, shown.code], ["needs", "unreadable"]);
});

test("a row whose digest was damaged, not its bytes, is sent: its list row bears witness", async () => {
  const { db, home, talk, rids, log } = await three();
  await db.table("entries").update([log, 3], { digest: "00".repeat(32) });
  await talk();
  assert.deepEqual(ridsAt(home), [...rids].sort());
  assert.equal(await asideCount(db), 0);
});

test("bytes and digest both damaged: nobody can tell, so it is set aside and the rest goes on", async () => {
  const { db, home, talk, rids, log } = await three();
  await db.table("entries").update([log, 3], { digest: "00".repeat(32), payload: new Uint8Array([123, 125]) });
  await talk();
  assert.deepEqual(ridsAt(home).sort(), [rids[0], rids[2]].sort());
  assert.deepEqual((await asideRows(db))[0].row.payload, new Uint8Array([123, 125]));
});

test("letting go leaves what was set aside", async () => {
  const { db, home, talk, log } = await three();
  await db.table("entries").update([log, 3], { payload: new Uint8Array([1]) });
  await talk();
  home.now = "2026-12-24T22:00:00Z";
  await talk();
  assert.equal((await entries(db)).length, 0);
  assert.equal(await asideCount(db), 1);
});

test("a list row that makes no sense hides no other, and is made again from its entry", async () => {
  const { db, rids } = await three();
  const row = await db.table("records").get({ rid: rids[1] });
  await db.table("records").put({ ...row, body: null, digest: 5 });
  assert.deepEqual((await mine(9, db)).map((one) => one.rid), [rids[2], rids[0]]);
  assert.equal(await mend(db), 1);
  assert.deepEqual((await mine(9, db)).map((one) => one.body.note), ["third", "second", "first"]);
  assert.equal((await asideRows(db))[0].row.digest, 5);
});

test("a log's row that makes no sense is made again from the entries, and everything is sent", async () => {
  const { db, home, talk, rids, log } = await three();
  await talk();
  const more = await append("event", event(), {}, db);
  await db.table("logs").put({ log, order: 1, seq: "many" });
  assert.equal(await unsentCount(db), 0);
  assert.equal(await mend(db), 1);
  await talk();
  assert.deepEqual(ridsAt(home), [...rids, more.rid].sort());
  assert.equal((await logs(db)).length, 1);
  assert.equal(await unsentCount(db), 0);
});

test("a damaged log that had let go is begun anew with what it held", async () => {
  const { db, home, talk, log } = await three();
  await talk();
  home.now = "2026-12-24T22:00:00Z";
  const late = await append("event", event(), {}, db);
  await talk();
  await append("event", event(), {}, db);
  await db.table("logs").put({ log, order: 1 });
  await mend(db);
  await talk();
  assert.ok(ridsAt(home).includes(late.rid));
  assert.equal(await unsentCount(db), 0);
});

test("a sound store is left as it is", async () => {
  const db = await newPhone();
  const { rid } = await arrive(db);
  await leave(db, rid);
  assert.equal(await mend(db), 0);
  assert.equal(await asideCount(db), 0);
});
