/** Which places stand on Now, and in what order. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inWords, metres, ordered, recentCodes, today, withOwn } from "../../static/js/patrol/places.js";

const place = (code, lat, lon, name = code) => ({ code, name, kind: "station", district: null, lat, lon, radius_m: 100 });
const HAG = place("HAG", 59.444, 17.9326);
const ROT = place("ROT", 59.4763, 17.9135);
const SOL = place("SOL", 59.4283, 17.9481);
const NOWHERE = place("NOW", null, null, "Å utan läge");
const places = [ROT, SOL, NOWHERE, HAG];
const codes = (rows) => rows.map((row) => row.code);

test("with a fix the nearest stands first, and a place without position last", () => {
  const fix = { lat: 59.4441, lon: 17.9327, acc_m: 20, at: 0 };
  const rows = ordered({ places, plan: [], fix, recent: ["NOW"] });
  assert.deepEqual(codes(rows), ["HAG", "SOL", "ROT", "NOW"]);
  assert.ok(rows[0].distance < 20);
});

test("without a fix the latest visited stands first, then what is most owed", () => {
  const plan = [{ code: "HAG", target: 3, delivered: 2, last: null }, { code: "ROT", target: 3, delivered: 0, last: null }];
  const rows = ordered({ places, plan, fix: null, recent: ["SOL"] });
  assert.deepEqual(codes(rows), ["SOL", "ROT", "HAG", "NOW"]);
});

test("what the meeting chose stands first, in its order, and the nearest of it where a fix is known", () => {
  const chosen = [{ code: "ROT", visits: 3, when: "fre" }, { code: "SOL", visits: null, when: "" }];
  const known = { places, plan: [], recent: ["HAG"], chosen };
  assert.deepEqual(codes(ordered({ ...known, fix: null })), ["ROT", "SOL", "HAG", "NOW"]);
  const fix = { lat: 59.4441, lon: 17.9327, acc_m: 20, at: 0 };
  const rows = ordered({ ...known, fix });
  assert.deepEqual(codes(rows), ["SOL", "ROT", "HAG", "NOW"]);
  assert.equal(rows[1].chosen.when, "fre");
  assert.equal(rows[2].chosen, null);
});

test("today holds what the plan asks for and the latest visited, not every place", () => {
  const plan = [{ code: "ROT", target: 3, delivered: 0, last: null }];
  const known = { fix: null, recent: ["SOL"] };
  assert.deepEqual(codes(today(ordered({ places, plan, ...known }), known)), ["SOL", "ROT"]);
});

test("with no plan every place stands on the list: not fetched is not nothing", () => {
  const known = { fix: null, recent: [] };
  assert.equal(today(ordered({ places, plan: [], ...known }), known).length, places.length);
});

test("each place visited is recent once, in the order of the latest visit", () => {
  const visit = (code) => ({ t: "visit", body: { place: code } });
  const records = [visit("SOL"), { t: "event", body: { place: "ROT" } }, visit("HAG"), visit("SOL"), visit(null)];
  assert.deepEqual(recentCodes(records), ["SOL", "HAG"]);
});

test("distances are true to a metre in a hundred and read as people say them", () => {
  assert.ok(Math.abs(metres({ lat: 59.4763, lon: 17.9135 }, HAG) - 3751) < 40);
  assert.equal(inWords(3, "sv"), "10 m");
  assert.equal(inWords(247, "sv"), "250 m");
  assert.equal(inWords(1431, "sv"), "1,4 km");
  assert.equal(inWords(1431, "en"), "1.4 km");
  assert.equal(inWords(12_300, "sv"), "12 km");
});

test("one's own visit is counted until the plan has counted it", () => {
  const plan = { as_of: "2026-11-22T12:00:00Z", places: [{ code: "HAG", target: 3, delivered: 1, last: null }] };
  const own = (state, ended, more = {}) => ({
    t: "visit", state, withdrawn: false, ...more,
    body: { place: "HAG", started_at: "2026-11-22T10:00:00Z", ended_at: ended },
  });
  const delivered = (record) => withOwn(plan, [record], "polisen")[0].delivered;
  assert.equal(delivered(own("phone", "2026-11-22T10:18:00Z")), 2);
  assert.equal(delivered(own("centre", "2026-11-22T12:18:00Z")), 2);
  assert.equal(delivered(own("centre", "2026-11-22T10:18:00Z")), 1);
  assert.equal(delivered(own("phone", null)), 1);
  assert.equal(delivered(own("phone", "2026-11-22T10:18:00Z", { withdrawn: true })), 1);
  const ahead = own("centre", "2026-11-22T12:01:00Z");
  assert.equal(withOwn(plan, [ahead], "polisen", -180_000)[0].delivered, 1, "a phone's clock that is three minutes ahead counts nothing twice");
  assert.equal(withOwn(plan, [ahead], "polisen")[0].delivered, 2);
  const [{ last }] = withOwn(plan, [own("phone", "2026-11-22T10:18:00Z")], "polisen");
  assert.deepEqual(last, { org: "polisen", at: "2026-11-22T10:00:00Z", minutes: 18 });
});

test("one's own visit counts only towards what one's own organisation is asked, and no call-out unasked", () => {
  const own = (kind) => ({
    t: "visit", state: "phone", withdrawn: false,
    body: { place: "HAG", kind, started_at: "2026-11-22T10:00:00Z", ended_at: "2026-11-22T10:18:00Z" },
  });
  const delivered = (asked, kind = "planned", org = "polisen") => {
    const place = { code: "HAG", target: 3, delivered: 1, last: null, ...asked };
    return withOwn({ as_of: "2026-11-22T12:00:00Z", places: [place] }, [own(kind)], org)[0].delivered;
  };
  assert.equal(delivered({ by: ["polisen"] }), 2);
  assert.equal(delivered({ by: ["polisen"] }, "planned", "kommunen"), 1);
  assert.equal(delivered({ by: null }, "planned", "kommunen"), 2);
  assert.equal(delivered({ by: null }, "callout"), 1);
  assert.equal(delivered({ by: null, callouts: true }, "callout"), 2);
});
