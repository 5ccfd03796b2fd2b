/**
 * Keeps the database of the version in this tree, as a phone in the middle of its work holds it, in clear and
 * sealed under a PIN, for every later version to open and send: `node tests/js/releases/freeze.mjs` once for
 * each release. What was kept is never made again.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { CENTRE_KEY, PRIVATE_KEY } from "../support/home.js";
import { freeze } from "../support/frozen.js";
import { meeting } from "../support/meeting.js";
import { PIN, WHO } from "../support/sealed.js";
import { ALICE, arrive, entries, event, leave } from "../support/phone.js";
import { append } from "../../../static/js/store/append.js";
import { keepBundle } from "../../../static/js/store/bundles.js";
import { remember } from "../../../static/js/store/database.js";
import { keep } from "../../../static/js/store/drafts.js";
import { letIn } from "../../../static/js/store/keys.js";
import { mine } from "../../../static/js/store/read.js";

const release = /^version = "(.+)"$/m.exec(readFileSync("pyproject.toml", "utf8"))[1];

const { db, home, talk } = await meeting();
await remember(db, "lastContact", Date.parse("2026-11-21T22:00:00Z"));
await keepBundle("places", "ab".repeat(32), { places: [] }, db);

// An older log that was left behind, with an entry that no store took.
const big = await append("event", event({ note: "too large" }), {}, db);
const receive = home.receive.bind(home);
home.receive = async (header, texts) => {
  const at = texts.findIndex((text) => text.includes("too large"));
  if (at < 0) return receive(header, texts);
  return { ...(await home.result(header.log, await home.ledger(header.log), "ok")), r: "too_large", seq: header.from + at };
};
const visit = await arrive(db);
await talk();

// What the store has signed for, and what it has not heard of yet.
await leave(db, visit.rid, { note: "å ä ö 😀 e\u0301" });
const fault = await append("event", event({ category: "PLA.belysning", note: "En lampa är ur funktion." }), {}, db);
const [{ seen }] = (await mine(50, db)).filter((one) => one.rid === fault.rid);
const corrected = event({ category: "PLA.belysning", note: "Två lampor är ur funktion.", severity: 2 });
await append("amend", { ref: fault.rid, base: seen, body: corrected, why: "Räknade fel." }, {}, db);
const mistake = await append("event", event({ note: "x".repeat(280) }), {}, db);
await append("withdraw", { ref: mistake.rid, why: "Fel plats." }, {}, db);
const running = await arrive(db, { body: { place: "STI" } });
const taken = new Blob([new Uint8Array(300).fill(7)], { type: "image/jpeg" });
await append("event", event({ visit: running.rid, place: "STI", note: "Med foto." }), { photos: [taken] }, db);
await append("event", event({ visit: running.rid, place: "STI" }), {}, db);
await keep("event", { category: "VAL.brak", note: "Inte sparad än" }, db);

const held = (await entries(db)).map((entry) => entry.text);
const rids = [...new Set(held.map((text) => JSON.parse(text)).filter(({ t }) => t !== "open").map(({ rid }) => rid))].sort();
const about = { release, device: ALICE, centre: { key: CENTRE_KEY, private: PRIVATE_KEY }, rids, aside: [big.rid] };
written(`${release}.json`, { ...about, database: await freeze(db.name) });
await letIn(WHO, PIN, db);
written(`${release}-sealed.json`, { ...about, release: `${release}, sealed`, pin: PIN, database: await freeze(db.name) });
db.close();
process.exit(); // the shift is open, and would keep it alive

/** @param {string} name @param {object} kept */
function written(name, kept) {
  writeFileSync(new URL(name, import.meta.url), `${JSON.stringify(kept, null, 1)}\n`, { flag: "wx" });
}
