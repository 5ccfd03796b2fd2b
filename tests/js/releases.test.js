/** The database of every version ever released opens in this one; all that it held is shown and sent. */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { Home } from "./support/home.js";
import { freeze, thaw } from "./support/frozen.js";
import { ridsAt } from "./support/meeting.js";
import { entries, event } from "./support/phone.js";
import { lying, PIN } from "./support/sealed.js";
import { append } from "../../static/js/store/append.js";
import { openDatabase } from "../../static/js/store/database.js";
import { draft } from "../../static/js/store/drafts.js";
import { letIn, open } from "../../static/js/store/keys.js";
import { mend } from "../../static/js/store/mend.js";
import { photosWaiting } from "../../static/js/store/photos.js";
import { mine, unsentCount } from "../../static/js/store/read.js";
import { lock } from "../../static/js/store/ring.js";
import { allOpen } from "../../static/js/store/sealing.js";
import { converse } from "../../static/js/sync/converse.js";
import { Peer } from "../../static/js/sync/http.js";

const folder = new URL("./releases/", import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));

test("the version in this tree has its database kept: node tests/js/releases/freeze.mjs", () => {
  const [, version] = /^version = "(.+)"$/m.exec(readFileSync(new URL("../../pyproject.toml", import.meta.url), "utf8"));
  assert.ok(files.includes("0.1.0.json") && files.includes(`${version}.json`));
});

beforeEach(() => lock());

for (const file of files) {
  const kept = JSON.parse(readFileSync(new URL(file, folder), "utf8"));
  const thawed = async (name) => {
    await thaw(kept.database, name);
    return openDatabase(name);
  };
  const opened = async (name) => {
    const db = await thawed(name);
    if (kept.pin) await open("alice", kept.pin, db);
    return db;
  };

  test(`${kept.release}: not a byte of what was written changes by opening it`, async () => {
    const db = await thawed(`${file}-open`);
    assert.equal(await mend(db), 0);
    assert.equal((await mine(50, db)).length > 0, !kept.pin);
    db.close();
    const now = await freeze(db.name);
    for (const { name, rows } of kept.database.stores) {
      assert.deepEqual(now.stores.find((store) => store.name === name)?.rows, rows, name);
    }
  });

  test(`${kept.release}: the list and the drafts are there`, async () => {
    const db = await opened(`${file}-list`);
    const shown = await mine(50, db);
    assert.ok(shown.every(({ rid }) => kept.rids.includes(rid)));
    assert.ok(shown.some(({ state }) => state === "phone"));
    assert.equal(shown.filter(({ state, rid }) => state === "needs" && kept.aside.includes(rid)).length, kept.aside.length);
    assert.ok((await draft("event", db)).note);
  });

  test(`${kept.release}: its queue is sent, with what this version adds to it`, async () => {
    const db = await opened(`${file}-send`);
    const before = (await allOpen("entries", await entries(db))).map(({ payload }) => new TextDecoder().decode(payload));
    const photos = await photosWaiting(db);
    const taken = new Blob([new Uint8Array(500)], { type: "image/jpeg" });
    const { rid } = await append("event", event(), { photos: [taken] }, db);
    const home = await homeOf(kept);
    await converse(db, new Peer("t", { url: "http://home", fetch: home.fetch }), kept.centre.key);
    const arrived = kept.rids.filter((one) => !kept.aside.includes(one));
    assert.deepEqual([...new Set(ridsAt(home))], [...arrived, rid].sort());
    assert.ok(before.filter((text) => home.texts().includes(text)).length >= arrived.length);
    assert.equal(await unsentCount(db), kept.aside.length);
    assert.equal(await photosWaiting(db), photos + 1);
  });

  if (!kept.pin) test(`${kept.release}: sealed under a PIN, nothing of its queue is lost, and all of it is sent`, async () => {
    const db = await opened(`${file}-seal`);
    const shown = (await mine(50, db)).map(({ rid, body }) => [rid, body]);
    await letIn({ ...kept.device, centreKey: kept.centre.key }, PIN, db);
    lock();
    assert.ok(!(await lying(db)).includes("Inte sparad än"));
    await open("alice", PIN, db);
    assert.deepEqual((await mine(50, db)).map(({ rid, body }) => [rid, body]), shown);
    const home = await homeOf(kept);
    await converse(db, new Peer("t", { url: "http://home", fetch: home.fetch }), kept.centre.key);
    assert.deepEqual([...new Set(ridsAt(home))], kept.rids.filter((one) => !kept.aside.includes(one)));
    lock();
  });

  test(`${kept.release}: a tab that still runs it goes on when this version has opened its database`, async () => {
    const name = `${file}-tabs`;
    const db = await opened(name);
    await append("event", event({ note: "by this version" }), {}, db);
    const { Dexie } = await import("dexie");
    const old = new Dexie(name, { indexedDB, IDBKeyRange });
    old.version(kept.database.version / 10).stores({ entries: "[log+seq]", meta: "name" });
    assert.ok((await old.table("entries").count()) > 0);
    await old.table("meta").put({ name: "written by the old tab", value: 1 });
    old.close();
    assert.equal((await db.table("meta").get("written by the old tab")).value, 1);
    db.close();
  });
}

/** A store that signs as the centre of that phone did. */
async function homeOf({ centre }) {
  const home = new Home();
  const key = Buffer.from(centre.private, "base64");
  home.signer = await crypto.subtle.importKey("pkcs8", key, { name: "ECDSA", namedCurve: "P-256" }, false, ["sign"]);
  return home;
}
