/** A phone for tests: a database of its own over fake-indexeddb, with somebody enrolled. */
import "fake-indexeddb/auto";
import { append } from "../../../static/js/store/append.js";
import { openDatabase, remember } from "../../../static/js/store/database.js";

export const ALICE = { account: "alice", org: "polisen", device: "phone-1", name: "Pixel 7", token: "t", store: "node-a" };
let count = 0;

export async function newPhone({ name = `phone-${(count += 1)}`, centreKey = "", profile = ALICE } = {}) {
  const db = openDatabase(name);
  if (profile) await remember(db, "profile", { ...profile, centreKey });
  return db;
}

export function arrive(db, more = {}) {
  return append("visit", visit(more.body), more, db);
}

export function leave(db, ref, more = {}) {
  return append("leave", { ...LEFT, ref, ...more }, {}, db);
}

export function visit(more = {}) {
  return {
    place: "HAG", point: null, point_why: "none", far: null, started_at: "2026-11-21T21:40:00+01:00",
    ended_at: null, ended_by: null, mode: "foot", crew: 2, kind: "planned", ...more,
  };
}

export function event(more = {}) {
  return {
    visit: null, category: "ORD.stoj", place: "HAG", point: null, precision: "place",
    from: "2026-11-21T21:45:00+01:00", to: null, source: "own", people: "1-3", ages: [], severity: 1,
    handled: ["none"], police_report: false, fault_report: false, note: "", blobs: [], ...more,
  };
}

export const LEFT = {
  ended_at: "2026-11-21T21:55:00+01:00", ended_by: "tap", climate: "calm", contacts: "0",
  nothing_observed: true, note: "",
};

/** Every entry of every log, in order, with its payload as text. */
export async function entries(db) {
  const rows = await db.table("entries").toArray();
  return rows.map((row) => ({ ...row, text: new TextDecoder().decode(row.payload) }));
}

export async function logs(db) {
  return db.table("logs").orderBy("order").toArray();
}
