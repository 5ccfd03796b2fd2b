/** A phone and a home store that can talk, and what to ask of both afterwards. */
import "fake-indexeddb/auto";
import { mine } from "../../../static/js/store/read.js";
import { converse } from "../../../static/js/sync/converse.js";
import { Peer } from "../../../static/js/sync/http.js";
import { CENTRE_KEY, Home } from "./home.js";
import { newPhone } from "./phone.js";

export async function meeting() {
  const db = await newPhone({ centreKey: CENTRE_KEY });
  const home = new Home();
  const peer = new Peer("t", { url: "http://home", fetch: home.fetch });
  return { db, home, peer, talk: () => converse(db, peer, CENTRE_KEY) };
}

/** rids of all records that a store holds, open entries left out. */
export function ridsAt(home) {
  const records = home.texts().filter((text) => text[0] !== "!").map((text) => JSON.parse(text)).filter((record) => record.t !== "open");
  return records.map((record) => record.rid).sort();
}

export async function states(db) {
  return (await mine(50, db)).map((one) => one.state);
}
