/** What the map shows of a place, which mark a finger meant, and what of a basemap is drawn. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { drawn, nameOf } from "../../static/js/map/ground_rules.js";
import { beside } from "../../static/js/map/names.js";
import { nearest } from "../../static/js/map/nearest.js";
import { marksOf } from "../../static/js/patrol/map/marks.js";

const row = (code, plan, more = {}) => ({ code, name: code, lat: 59.44, lon: 17.93, radius_m: 150, plan, ...more });
const shown = (rows, known = {}) =>
  marksOf(rows, { running: null, planKnown: true, say: (n, of) => `${n} of ${of}`, ...known }).features.map(
    ({ id, properties: { shows, note } }) => [id, ...shows, note],
  );

test("a place is lit when somebody was there, owed when nobody was, and its promise stands in words", () => {
  const rows = [row("HAG", { delivered: 2, target: 3 }), row("ROT", { delivered: 0, target: 1 }), row("SOL", null)];
  assert.deepEqual(shown(rows), [["HAG", "presence", "2 of 3"], ["ROT", "owed", "0 of 1"], ["SOL", "owed", ""]]);
});

test("where a visit runs it is told from one that has been", () => {
  assert.deepEqual(shown([row("HAG", { delivered: 2, target: null })], { running: "HAG" }), [["HAG", "running", ""]]);
});

test("not fetched is not the same as not visited", () => {
  assert.deepEqual(shown([row("HAG", null)], { planKnown: false }), [["HAG", "unknown", ""]]);
});

test("a place without a position is on the list only", () => {
  assert.deepEqual(shown([row("HAG", null, { lat: null, lon: null })]), []);
});

test("the mark nearest to the finger is meant, and none when all are far away", () => {
  const marks = [{ id: "HAG", pixel: [100, 100] }, { id: "STI", pixel: [110, 100] }, { id: "ROT", pixel: null }];
  assert.equal(nearest(marks, [107, 100], 28), "STI");
  assert.equal(nearest(marks, [90, 100], 28), "HAG");
  assert.equal(nearest(marks, [100, 130], 28), null);
});

test("a name stands right of its mark, else left, else without what is added, and beside no mark that is out of sight", () => {
  const at = (left, right, more = {}) => beside({ left, right, above: 99, below: 99, ...more }, { name: 100, whole: 150 });
  assert.deepEqual(at(20, 300), { isWhole: true, textAlign: "left", offsetX: 14 });
  assert.deepEqual(at(300, 20), { isWhole: true, textAlign: "right", offsetX: -14 });
  assert.deepEqual(at(160, 160), { isWhole: false, textAlign: "left", offsetX: 14 });
  assert.deepEqual(at(120, 110), { isWhole: false, textAlign: "right", offsetX: -14 });
  assert.deepEqual(at(60, 80), { isWhole: false, textAlign: "left", offsetX: 14 });
  for (const out of [at(-1, 300), at(300, -1), at(20, 300, { above: 5 }), at(20, 300, { below: 5 })]) assert.equal(out, null);
});

test("a name stands clear of several marks side by side", () => {
  const { offsetX } = beside({ left: 20, right: 300, above: 99, below: 99 }, { name: 100, whole: 150, marks: 32 });
  assert.equal(offsetX, 30);
});

test("water, green, roads and names of Protomaps and of OpenMapTiles are drawn alike", () => {
  const both = (protomaps, openmaptiles) => {
    const [one, other] = [drawn(...protomaps), drawn(...openmaptiles)];
    assert.ok(one, JSON.stringify(protomaps));
    assert.equal(one.kind, other.kind);
    assert.equal(one.colour, other.colour);
  };
  both(["water", { kind: "lake" }], ["water", { class: "lake" }]);
  both(["landuse", { kind: "forest" }], ["landcover", { class: "wood" }]);
  both(["roads", { kind: "highway" }], ["transportation", { class: "motorway" }]);
  both(["roads", { kind: "rail" }], ["transportation", { class: "rail" }]);
  both(["buildings", { kind: "building" }], ["building", {}]);
  both(["places", { kind: "locality", name: "Rotebro" }], ["place", { class: "suburb", name: "Rotebro" }]);
});

test("a wide road is drawn wider, and what has no rule or no name is left out", () => {
  assert.ok(drawn("roads", { kind: "highway" }).width > drawn("roads", { kind: "path" }).width);
  for (const [layer, properties] of [["pois", { kind: "bench" }], ["landuse", { kind: "industrial" }], ["places", { kind: "locality" }]]) {
    assert.equal(drawn(layer, properties), null, layer);
  }
});

test("names stand as on the signs, in Swedish", () => {
  assert.equal(nameOf({ name: "Tukholma", "name:sv": "Stockholm" }), "Stockholm");
  assert.equal(nameOf({}), "");
});
