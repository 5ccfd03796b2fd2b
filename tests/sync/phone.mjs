/**
 * A phone without a screen: the real store and sender of static/js over fake-indexeddb, told what to do by
 * JSON lines on stdin, answering each with one on stdout. `faults` make its network bad.
 */
import "fake-indexeddb/auto";
import { createInterface } from "node:readline";
import { append } from "../../static/js/store/append.js";
import { setAside } from "../../static/js/store/aside.js";
import { bundle } from "../../static/js/store/bundles.js";
import { carried, carry } from "../../static/js/store/carried.js";
import { openDatabase } from "../../static/js/store/database.js";
import { enrol } from "../../static/js/store/enrol.js";
import { letIn, open } from "../../static/js/store/keys.js";
import { profile } from "../../static/js/store/profile.js";
import { prune } from "../../static/js/store/prune.js";
import { mine, unsentCount } from "../../static/js/store/read.js";
import { rescueFiles } from "../../static/js/store/rescue.js";
import { lock } from "../../static/js/store/ring.js";
import { sendAfterwards } from "../../static/js/sync/afterwards.js";
import { converse } from "../../static/js/sync/converse.js";
import { Peer, Refusal } from "../../static/js/sync/http.js";
import { thaw } from "../js/support/frozen.js";

const db = openDatabase("phone");
const TABLES = ["logs", "entries", "records", "known", "meta", "bundles", "photos", "photoBytes"];
let url = "";
let faults = {};
/** Every push ever sent, to be delivered again. */
const pushed = [];

const deeds = {
  async enrol({ url: home, code, name }) {
    url = home;
    return enrol(code, name, { db, peer: new Peer("", { url, fetch: badNetwork }) });
  },
  async append({ t, body, common: { photos = [], ...common } }) {
    const taken = photos.map((one) => new Blob([Buffer.from(one, "base64")], { type: "image/jpeg" }));
    return append(t, body, { ...common, photos: taken }, db);
  },
  /** The database of a release takes the place of this phone's, before it is used for anything. */
  async thaw({ url: home, database }) {
    url = home;
    await thaw(database, "phone");
  },
  async photos() {
    const { token, centreKey } = await profile(db);
    const peer = new Peer(token, { url, fetch: badNetwork });
    await sendAfterwards(db, peer, centreKey, { turn: async () => {}, again: () => {}, hurry: true });
    return db.table("photos").toArray();
  },
  async talk({ tabs = 1 }) {
    const { token, centreKey } = await profile(db);
    const peer = () => new Peer(token, { url, fetch: badNetwork });
    const talks = Array.from({ length: tabs }, (_, i) => converse(i ? openDatabase("phone") : db, peer(), centreKey));
    const ends = await Promise.allSettled(talks);
    const failed = ends.find((end) => end.status === "rejected");
    if (failed && !(failed.reason instanceof Refusal)) throw failed.reason;
    return failed ? { kind: failed.reason.kind, reason: failed.reason.reason } : { kind: null };
  },
  async rescue() {
    const files = await rescueFiles(db);
    const bytes = await Promise.all(files.map(({ blob }) => blob.arrayBuffer()));
    return bytes.map((one) => Buffer.from(one).toString("base64"));
  },
  /** Seals what lies here under a PIN, as the next start after an update does. */
  async seal({ pin }) {
    await letIn(await profile(db), pin, db);
  },
  lock: () => lock(),
  async unlock({ pin }) {
    const { account } = (await db.table("meta").get("profile")).value;
    await open(account, pin, db);
  },
  async carry({ file }) {
    return carry(new File([Buffer.from(file, "base64")], "from-a-colleague.rescue"), db);
  },
  carried: () => carried(db),
  async damage({ rid }) {
    const row = await db.table("records").get({ rid });
    const entry = await db.table("entries").get([row.log, row.seq]);
    await setAside(db, [{ table: "entries", key: [row.log, row.seq], row: entry, why: "unreadable" }]);
  },
  async look() {
    const logs = await db.table("logs").orderBy("order").toArray();
    return { mine: await mine(1000, db), unsent: await unsentCount(db), held: await db.table("entries").count(), logs };
  },
  bundle: ({ name }) => bundle(name, db),
  async prune({ now }) {
    for (const { log, up } of await db.table("logs").toArray()) if (up) await prune(db, log, up, now);
  },
  faults(wanted) {
    faults = wanted;
  },
  async replay() {
    for (const [address, init] of [...pushed].reverse()) await (await fetch(address, init)).text();
    return pushed.length;
  },
  async dump() {
    const tables = await Promise.all(TABLES.map(async (name) => [name, await db.table(name).toArray()]));
    return { url, tables: JSON.parse(JSON.stringify(tables, (_, value) => (value instanceof Uint8Array ? { bytes: Buffer.from(value).toString("base64") } : value))) };
  },
  async load({ url: home, tables }) {
    url = home;
    const bytes = (value) => (value?.bytes ? new Uint8Array(Buffer.from(value.bytes, "base64")) : value);
    const revive = (row) => ({ ...row, ...(row.payload && { payload: bytes(row.payload) }), ...(row.bytes && { bytes: bytes(row.bytes) }) });
    for (const [name, rows] of tables) {
      await db.table(name).clear();
      await db.table(name).bulkPut(rows.map(revive));
    }
  },
};

async function badNetwork(address, init) {
  const isPush = String(address).endsWith("/push");
  if (isPush) pushed.push([address, { ...init, signal: undefined }]);
  if (isPush && faults.refuse > 0 && faults.refuse--) throw new TypeError("refused");
  if (isPush && faults.duplicate) await (await fetch(address, init)).text();
  const response = await fetch(address, init);
  if (isPush && faults.lose > 0 && faults.lose--) {
    await response.text();
    throw new TypeError("the answer was lost");
  }
  return response;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { do: deed, ...rest } = JSON.parse(line);
  let said;
  try {
    said = { done: (await deeds[deed](rest)) ?? null };
  } catch (error) {
    said = { error: error.name, message: error.message, kind: error.kind, stack: error.stack };
  }
  process.stdout.write(`${JSON.stringify(said)}\n`);
}
