/** Long visits, places far off, known faults and the shift: worked out from one's own records alone. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openAt } from "../../static/js/patrol/conditions.js";
import { farFrom } from "../../static/js/patrol/far.js";
import { endedItself, endsItself, isLong } from "../../static/js/patrol/long_visit.js";
import { shiftOf } from "../../static/js/patrol/shift.js";

const TILES = [{ code: "PLA", children: [{ code: "PLA.lampa", standing: true }, { code: "PLA.annat", standing: false }] }];
const NOW = new Date("2026-11-21T02:00:00+01:00");

const visit = (from, to, more = {}) => ({
  t: "visit", rid: from, at: from, state: "centre", withdrawn: false, body: { started_at: from, ended_at: to, ended_by: "tap", ...more },
});
const event = (rid, at, more = {}) => ({
  t: "event", rid, at, state: "centre", withdrawn: false, body: { from: at, place: "ROT", category: "PLA.lampa" }, ...more,
});
const said = (t, ref, at, more = {}) => ({ t, rid: `${t}${at}`, at, state: "centre", withdrawn: false, body: { ref }, ...more });

test("a visit is asked about at 45 minutes and ends at four hours, to the minute", () => {
  const running = visit("2026-11-20T22:00:00+01:00", null);
  const after = (minutes) => new Date(+new Date(running.body.started_at) + minutes * 60_000);
  assert.equal(isLong(running, after(44.9)), false);
  assert.equal(isLong(running, after(45)), true);
  assert.equal(isLong(null, after(45)), false);
  assert.equal(endsItself(running, after(239.9)), null);
  assert.deepEqual(endsItself(running, after(900)), after(240));
});

test("only a visit that ran its four hours is told to have ended by itself, and only for a day", () => {
  const itself = visit("2026-11-20T20:00:00+01:00", "2026-11-21T00:00:00+01:00", { ended_by: "auto" });
  const moved = visit("2026-11-20T20:00:00+01:00", "2026-11-20T20:30:00+01:00", { ended_by: "auto" });
  assert.equal(endedItself([moved, itself], NOW), itself);
  assert.equal(endedItself([moved], NOW), null);
  assert.equal(endedItself([itself], new Date(+NOW + 30 * 3_600_000)), null);
});

test("far is beyond the place's edge, the fix's own doubt and 80 metres", () => {
  const place = { lat: 59.4, lon: 17.9, radius_m: 100 };
  const north = (metres, acc_m) => ({ point: { lat: 59.4 + metres / 111_195, lon: 17.9, acc_m, age_s: 0 } });
  assert.equal(farFrom(north(195, 20), place), null);
  assert.ok(farFrom(north(205, 20), place) > 100);
  assert.equal(farFrom(north(205, 40), place), null);
  assert.equal(farFrom({ point: null }, place), null);
  assert.equal(farFrom(north(900, 5), undefined), null);
});

test("known faults: told ones and own ones, until seen fixed; a fixed that was undone counts for nothing", () => {
  const told = [
    { rid: "a", place: "ROT", category: "PLA.lampa", since: "2026-11-18T20:00:00Z", seen: null },
    { rid: "b", place: "TUR", category: "PLA.lampa", since: "2026-11-18T20:00:00Z", seen: null },
  ];
  const records = [
    event("c", "2026-11-20T20:00:00+01:00"),
    event("d", "2026-11-20T20:00:00+01:00", { withdrawn: true }),
    event("e", "2026-11-20T20:00:00+01:00", { body: { from: "2026-11-20T20:00:00+01:00", place: "ROT", category: "PLA.annat" } }),
    said("confirm", "a", "2026-11-20T21:00:00+01:00"),
  ];
  const open = (more = []) => openAt("ROT", { told, records: [...records, ...more], tiles: TILES });
  assert.deepEqual(open().map((one) => one.rid), ["c", "a"]);
  assert.equal(open()[1].seen, "2026-11-20T21:00:00+01:00");
  assert.deepEqual(open([said("resolve", "a", "2026-11-20T22:00:00+01:00")]).map((one) => one.rid), ["c"]);
  assert.equal(open([said("resolve", "a", "2026-11-20T22:00:00+01:00", { withdrawn: true })]).length, 2);
});

test("a shift goes back to the last long pause, across midnight, and counts what is not at the centre", () => {
  const records = [
    { ...event("x", "2026-11-21T00:30:00+01:00"), state: "phone" },
    visit("2026-11-21T00:20:00+01:00", "2026-11-21T00:40:00+01:00"),
    visit("2026-11-20T21:00:00+01:00", "2026-11-20T21:10:00+01:00"),
    { ...visit("2026-11-20T20:00:00+01:00", "2026-11-20T20:10:00+01:00"), withdrawn: true },
    said("confirm", "a", "2026-11-20T21:05:00+01:00"),
    visit("2026-11-20T08:00:00+01:00", "2026-11-20T08:10:00+01:00"),
  ];
  const { from, to, ...counts } = shiftOf(records, NOW);
  assert.deepEqual(counts, { visits: 2, events: 1, all: 4, waiting: 1 });
  assert.equal(+from, +new Date("2026-11-20T21:00:00+01:00"));
  assert.equal(+to, +new Date("2026-11-21T00:40:00+01:00"));
  assert.equal(shiftOf(records, new Date("2026-11-22T12:00:00+01:00")), null);
});
