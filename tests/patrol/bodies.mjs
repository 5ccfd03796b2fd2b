/** Prints, as JSON lines, records as the screens compose them, for Python to read with the real schemas. */
import { CALM, UNSAID, amend, corrected, event, leave, pastVisit, visit, withdraw } from "../../static/js/patrol/bodies.js";
import { whereNow } from "../../static/js/patrol/fix.js";
import { lastNight } from "../../static/js/patrol/where.js";
import { compose, uuid7 } from "../../static/js/store/payload.js";

const now = new Date();
const rid = uuid7();
const shift = { mode: "foot", crew: 2 };
const fix = { lat: 59.444, lon: 17.9326, acc_m: 12, at: +now - 5000 };
const arrival = (fixed, declined) =>
  visit({ place: "HAG", planned: true, at: now, where: whereNow(fixed, declined, now), far: null, shift });
const answers = {
  category: "ORD.samling", people: "4-10", severity: 2, ages: ["13-17"], handled: ["talked", "fault_reported"],
  note: " Vid uppgång norr 😀 ", source: "told",
};
const seen = event(answers, { place: "HAG", ...lastNight(now) }, rid);

const records = [
  ["visit", arrival(fix, false)],
  ["visit", arrival(null, true)],
  ["visit", arrival({ ...fix, at: +now - 3_600_000 }, false)],
  ["visit", pastVisit({ place: "HAG", planned: false, from: new Date(+now - 600_000), to: now, shift })],
  ["leave", leave(rid, now, "tap", CALM)],
  ["leave", leave(rid, now, "auto", UNSAID)],
  ["leave", leave(rid, now, "tap", { climate: "uneasy", contacts: "6-20", nothing_observed: false, note: "Oroligt" })],
  ["event", seen],
  ["event", event({ ...answers, people: null, ages: [], handled: [], note: "" }, { place: null, from: now, to: null }, null)],
  ["amend", amend(rid, "0".repeat(64), corrected(seen, { ...answers, place: null }), "Rättad av författaren")],
  ["amend", amend(rid, "0".repeat(64), { ...arrival(fix, false), place: "ROT" }, "Rättad av författaren")],
  ["withdraw", withdraw(rid, "undo")],
];
const account = uuid7();
for (const [t, body] of records) {
  process.stdout.write(`${new TextDecoder().decode(compose(t, body, { by: account, org: "polisen" }).bytes)}\n`);
}
