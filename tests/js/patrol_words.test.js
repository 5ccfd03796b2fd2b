/** Two languages that say the same things, times in words, lamps that count. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { lampKinds } from "../../static/js/patrol/parts/lamps.js";
import { size } from "../../static/js/patrol/parts/facts.js";
import { describe } from "../../static/js/patrol/record_words.js";
import { parse } from "../../static/js/patrol/route.js";
import { themeFor } from "../../static/js/patrol/theme.js";
import { age, clock, day, minutesBetween, moment } from "../../static/js/patrol/times.js";
import { english as en } from "../../static/js/words/english.js";
import { learn, onLanguage, speak, words } from "../../static/js/words/index.js";
import { sv as svFirst } from "../../static/js/words/sv.js";
import { svLock } from "../../static/js/words/sv_lock.js";
import { svMap } from "../../static/js/words/sv_map.js";
import { svRest } from "../../static/js/words/sv_rest.js";

const sv = { ...svFirst, ...svRest, ...svLock, ...svMap };

/** Every key with the kind of its value, "now.here: string". */
function shape(value, path = "") {
  if (typeof value === "function") return [`${path}: function/${value.length}`];
  if (typeof value !== "object") return [`${path}: ${typeof value}`];
  return Object.keys(value).flatMap((key) => shape(value[key], `${path}.${key}`));
}

test("Swedish and English say the same things", () => {
  const comparable = (spoken) => shape({ ...spoken, breaks: "their own" }).sort();
  assert.deepEqual(comparable(en), comparable(sv));
});

test("no word on the phone calls anyone a name that the service does not use", () => {
  const said = JSON.stringify(sv).toLowerCase();
  for (const word of ["övervakning", "gärningsman", "gäng"]) assert.ok(!said.includes(word), word);
});

test("a change of language is told at once, and an unknown one changes nothing", async () => {
  let told = 0;
  const stop = onLanguage(() => (told += 1));
  await speak("en");
  await speak("xx");
  assert.equal(words().now.here, "Here now");
  await speak("sv");
  stop();
  assert.equal(told, 2);
});

test("times read as 21:24, lör 21 nov and 18 min", () => {
  const at = new Date(2026, 10, 21, 21, 24);
  assert.equal(clock(at), "21:24");
  assert.equal(day(at), "lör 21 nov");
  assert.equal(minutesBetween(at, new Date(+at + 18.9 * 60_000)), 18);
  assert.equal(minutesBetween(at, new Date(+at - 60_000)), 0);
});

test("yesterday is a matter of midnight, not of 24 hours", () => {
  const now = new Date(2026, 10, 22, 0, 10);
  assert.equal(moment(new Date(2026, 10, 21, 23, 50), now), "i går 23:50");
  assert.equal(moment(new Date(2026, 10, 22, 0, 5), now), "00:05");
  assert.equal(moment(new Date(2026, 10, 19, 22, 50), now), "tors 19 nov 22:50");
});

test("age is said in the unit that matters", () => {
  const now = new Date(2026, 10, 22, 12);
  assert.equal(age(new Date(+now - 12 * 60_000), now), "12 min");
  assert.equal(age(new Date(+now - 3.5 * 3_600_000), now), "3 tim");
  assert.equal(age(new Date(+now - 72 * 3_600_000), now), "3 dygn");
});

test("lamps: lit for delivered, a core for the running visit, rings for what is owed", () => {
  assert.deepEqual(lampKinds(1, 3, false), ["lit", "owed", "owed"]);
  assert.deepEqual(lampKinds(2, 3, true), ["lit", "lit", "now"]);
  assert.deepEqual(lampKinds(3, 3, true), ["lit", "lit", "lit", "now"]);
  assert.deepEqual(lampKinds(4, 9, false), []);
});

test("one event and two events of a visit are told as people say it", async () => {
  const body = { started_at: "2026-11-21T21:00:00+01:00", ended_at: "2026-11-21T21:30:00+01:00", far: null };
  const events = ["a", "b"].map((rid) => ({ t: "event", rid, withdrawn: false, body: { visit: "v" } }));
  const told = (records) => describe({ records }, { t: "visit", rid: "v", body });
  learn({ ...svRest });
  assert.equal(told(events.slice(1)), "30 min, 1 händelse");
  assert.equal(told(events), "30 min, 2 händelser");
});

test("a small file has a size too", () => {
  assert.deepEqual([412, 99_000, 400_000, 9_300_000_000].map(size), ["1 kB", "99 kB", "0,4 MB", "9,3 GB"]);
});

test("the address names the screen, and an unknown one is Now", () => {
  assert.deepEqual(parse("#event/ORD"), { screen: "event", arg: "ORD" });
  assert.deepEqual(parse("#enrol=7BKX-66GV"), { screen: "enrol", arg: "7BKX-66GV" });
  assert.deepEqual(parse("#constructor"), { screen: "now", arg: "" });
  assert.deepEqual(parse(""), { screen: "now", arg: "" });
});

test("it is dark by choice, by the system and at night", () => {
  const noon = new Date(2026, 10, 22, 12);
  const evening = new Date(2026, 10, 22, 16);
  assert.equal(themeFor("auto", noon, false), "light");
  assert.equal(themeFor("auto", noon, true), "dark");
  assert.equal(themeFor("auto", evening, false), "dark");
  assert.equal(themeFor("light", evening, true), "light");
});
