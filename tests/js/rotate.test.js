/** Stores that were restored, phones that were cloned or damaged: when a log is begun anew, and what goes along. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { meeting, ridsAt, states } from "./support/meeting.js";
import { CENTRE_KEY } from "./support/home.js";
import { ALICE, arrive, entries, event, logs } from "./support/phone.js";
import { append } from "../../static/js/store/append.js";
import { remember } from "../../static/js/store/database.js";
import { mine, unsentCount } from "../../static/js/store/read.js";
import { digest, fold } from "../../static/js/sync/chain.js";

test("a cloned phone rotates: a new log with every held payload, the old one kept", async () => {
  const { db, home, talk } = await meeting();
  const { log } = await arrive(db);
  await talk();
  // The clone wrote entry 3 first.
  const ledger = home.logs.get(log);
  const payload = '{"rid":"theirs"}';
  const theirs = { log, base: 0, from: 3, n: 1, prev: ledger.hashes.get(2), now: "", unsent: 1, app: "" };
  const [head] = await fold(theirs.prev, 3, [await digest(Buffer.from(payload))]);
  await home.receive({ ...theirs, head }, [payload]);
  const own = await append("event", event({ note: "å ä ö 😀" }), {}, db);
  const before = await entries(db);
  await talk();
  const [old, fresh] = await logs(db);
  assert.equal(old.state, "forked");
  assert.deepEqual(fresh.previous, { log, seq: 3 });
  const after = await entries(db);
  const inOld = after.filter((entry) => entry.log === log).map((entry) => entry.text);
  assert.deepEqual(inOld, before.map((entry) => entry.text));
  const inNew = after.filter((entry) => entry.log === fresh.log).map((entry) => entry.text);
  assert.deepEqual(inNew.slice(1), inOld.slice(1));
  assert.equal(JSON.parse(inNew[0]).body.reason, "forked");
  assert.ok(ridsAt(home).includes(own.rid));
  assert.deepEqual(await states(db), ["centre", "centre"]);
});

test("a centre restored to before what was let go makes the phone write again what it holds", async () => {
  const { db, home, talk } = await meeting();
  await arrive(db);
  await talk();
  home.now = "2026-11-26T22:00:00Z";
  const late = await append("event", event(), {}, db);
  await talk();
  const [log] = await logs(db);
  assert.equal(log.base, 2);
  home.logs.clear();
  home.inc = "life-2";
  await talk();
  assert.deepEqual(ridsAt(home), [late.rid]);
  assert.equal((await logs(db)).at(-1).reason, "restored");
  assert.equal(await unsentCount(db), 0);
});

test("a centre restored to before what is still held is simply sent it again", async () => {
  const { db, home, talk } = await meeting();
  const { rid } = await arrive(db);
  await talk();
  home.logs.clear();
  home.inc = "life-2";
  await append("event", event(), {}, db);
  await talk();
  assert.equal((await logs(db)).length, 1);
  assert.ok(ridsAt(home).includes(rid));
  assert.equal(await unsentCount(db), 0);
});

test("a node restored to before the phone's base goes on from there", async () => {
  const { db, home, talk } = await meeting();
  await arrive(db);
  await talk();
  home.now = "2026-11-26T22:00:00Z";
  await append("event", event(), {}, db);
  await talk();
  home.logs.clear();
  home.inc = "life-2";
  home.role = "node";
  const late = await append("event", event(), {}, db);
  await talk();
  assert.equal((await logs(db)).length, 1);
  assert.ok(ridsAt(home).includes(late.rid));
});

test("lines that don't fold twice in a row make the phone begin a new log from the bytes", async () => {
  const { db, home, talk } = await meeting();
  await arrive(db);
  const { log } = await append("event", event(), {}, db);
  const damaged = { digest: "00".repeat(32), hash: "11".repeat(32) };
  await db.table("entries").update([log, 3], damaged);
  await db.table("logs").update(log, { head: damaged.hash });
  await talk();
  assert.equal(ridsAt(home).length, 2);
  assert.equal(await unsentCount(db), 0);
  const fresh = (await entries(db)).filter((entry) => entry.log !== log);
  assert.deepEqual(fresh.map((one) => one.digest), await Promise.all(fresh.map((one) => digest(one.payload))));
});

test("a hole in the phone's own log delays nothing that can be read", async () => {
  const { db, home, talk } = await meeting();
  const { log } = await arrive(db);
  const later = await append("event", event(), {}, db);
  await db.table("entries").delete([log, 2]);
  await talk();
  assert.deepEqual(ridsAt(home), [later.rid]);
  assert.equal((await logs(db)).length, 2);
});

test("what a store finds too large is kept and shown, and the rest goes on", async () => {
  const { db, home, talk } = await meeting();
  const big = await append("event", event({ note: "big" }), {}, db);
  const small = await append("event", event(), {}, db);
  const receive = home.receive.bind(home);
  home.receive = async (header, texts) => {
    const at = texts.findIndex((text) => text.includes('"big"'));
    if (at < 0) return receive(header, texts);
    return { ...(await home.result(header.log, await home.ledger(header.log), "ok")), r: "too_large", seq: header.from + at };
  };
  await talk();
  assert.deepEqual(ridsAt(home), [small.rid]);
  const row = (await mine(9, db)).find((one) => one.rid === big.rid);
  assert.deepEqual([row.state, row.code], ["needs", "too_large"]);
  assert.ok((await entries(db)).some((entry) => entry.text.includes(big.rid)));
});

test("a device enrolled anew takes the unsent along into a log of its own", async () => {
  const { db, home, talk } = await meeting();
  const { rid, log } = await arrive(db);
  await remember(db, "profile", { ...ALICE, device: "phone-2", centreKey: CENTRE_KEY });
  const receive = home.receive.bind(home);
  home.receive = async (header, texts) => {
    if (header.log !== log) return receive(header, texts);
    return { ...(await home.result(log, await home.ledger(log), "ok")), r: "not_yours" };
  };
  await talk();
  assert.deepEqual(ridsAt(home), [rid]);
  const opened = JSON.parse((await entries(db)).find((entry) => entry.log !== log && entry.seq === 1).text);
  assert.equal(opened.body.device, "phone-2");
});

test("a store that answers fork to everything is left alone after a few tries, and nothing is lost", async () => {
  const { db, home, talk } = await meeting();
  const { rid } = await arrive(db);
  const receive = home.receive;
  home.receive = async (header) => home.result(header.log, await home.ledger(header.log), "fork");
  await assert.rejects(talk(), (error) => error.reason === "stuck");
  assert.ok((await logs(db)).length <= 4);
  home.receive = receive;
  await talk();
  assert.deepEqual(ridsAt(home), [rid]);
  assert.equal(await unsentCount(db), 0);
});
