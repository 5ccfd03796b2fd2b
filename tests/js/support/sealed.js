/** A phone whose rows are sealed, and what of it lies in clear. */
import { CENTRE_KEY, Home } from "./home.js";
import { meeting } from "./meeting.js";
import { ALICE, arrive, event, leave, newPhone } from "./phone.js";
import { append } from "../../../static/js/store/append.js";
import { keepBundle } from "../../../static/js/store/bundles.js";
import { keep } from "../../../static/js/store/drafts.js";
import { enrol } from "../../../static/js/store/enrol.js";
import { letIn } from "../../../static/js/store/keys.js";
import { plain } from "../../../static/js/store/plain.js";
import { sender } from "../../../static/js/store/profile.js";
import { converse } from "../../../static/js/sync/converse.js";
import { Peer } from "../../../static/js/sync/http.js";

export const PIN = "13572468";
export const OTHER = "86427531";
export const CANARY = "kanariefågel";
export const WHO = { ...ALICE, centreKey: CENTRE_KEY };

/** All that lies on the phone, as text and as bytes. */
export async function lying(db) {
  const rows = [];
  for (const table of db.tables) rows.push(...(await table.toArray()));
  const bytes = rows.flatMap((row) => Object.values(row)).filter((one) => one instanceof Uint8Array);
  return `${plain(rows)}${bytes.map((one) => new TextDecoder().decode(one)).join("")}`;
}

/** A phone with something of everything that tells of people or places. */
export async function writtenOn(db) {
  const visit = await arrive(db);
  await append("event", event({ note: CANARY }), { photos: [new Blob([CANARY.repeat(9)], { type: "image/jpeg" })] }, db);
  await leave(db, visit.rid, { note: CANARY });
  await keep("event/ORD", { rid: "x", form: { note: CANARY }, photos: [{ bytes: new TextEncoder().encode(CANARY) }] }, db);
  await keepBundle("messages", "ab", { messages: [{ text: CANARY }] }, db);
}

export async function sealedPhone() {
  const met = await meeting();
  await letIn(WHO, PIN, met.db);
  return met;
}

/** A phone straight from the shop where each enrols with a PIN. */
export function unboxed() {
  const home = new Home();
  const db = newPhone({ profile: null });
  const peer = (token) => new Peer(token, { url: "http://home", fetch: home.fetch });
  const enrolled = async (code, pin) => enrol(code, "Pixel 7", { db: await db, peer: peer(""), letIn: async (who) => letIn(who, pin, await db) });
  const talk = async () => {
    const who = await sender(await db);
    return converse(await db, peer(who.token), who.centreKey);
  };
  return { db, home, enrolled, talk };
}
