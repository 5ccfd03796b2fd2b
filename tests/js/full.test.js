/** A storage that says no: full, lost, or dropped for a moment. Saved is saved, or the form stays. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newFolder } from "./support/folder.js";
import { entries, event, newPhone } from "./support/phone.js";
import { append } from "../../static/js/store/append.js";
import { ballast, layBallast } from "../../static/js/store/reserve.js";
import { NotSaved, remember } from "../../static/js/store/database.js";
import { mine } from "../../static/js/store/read.js";

/** What Chromium says on a full disk: at the write, then at every opening. */
const NO_SPACE = ["UnknownError", "Connection is closing because of: IO error: 000003.log: FILE_ERROR_NO_SPACE"];
const NO_OPENING = ["UnknownError", "Internal error opening backing store for indexedDB.open."];
const QUOTA = ["QuotaExceededError", ""];
const LOST = ["UnknownError", "Connection to Indexed Database server lost. Refresh the page to try again"];
const DROPPED = ["InvalidStateError", "The database connection is closing."];

/**
 * From now on read-write transactions fail so, one after another and the last for ever, as long as `whileTrue`
 * holds and `times` are left; `after`: when they have been committed.
 */
function refuses(db, failures, { whileTrue = () => true, times = Infinity, after = false } = {}) {
  const real = db.transaction.bind(db);
  let count = 0;
  db.transaction = async (mode, ...rest) => {
    if (mode !== "rw" || count >= times || !whileTrue()) return real(mode, ...rest);
    const [name, message] = failures[Math.min(count, failures.length - 1)];
    count += 1;
    if (after) await real(mode, ...rest);
    throw new DOMException(message, name);
  };
  return { calm: () => void (times = 0) };
}

async function onFullDisk(failures) {
  const folder = newFolder();
  const db = await newPhone();
  await append("event", event({ note: "before" }), {}, db);
  assert.equal(await layBallast(), "kept");
  folder.room = 0;
  const disk = refuses(db, failures, { whileTrue: () => folder.room < 1000 });
  return { db, folder, disk };
}

for (const [words, failures] of Object.entries({ "by its quota": [QUOTA], "by its disk": [NO_SPACE, NO_OPENING], "from the start": [NO_OPENING] })) {
  test(`a phone that is full ${words} gives its ballast away for the last report`, async () => {
    const { db } = await onFullDisk(failures);
    const { rid } = await append("event", event({ note: "the last" }), {}, db);
    assert.equal((await mine(9, db))[0].rid, rid);
    assert.equal(await ballast(), "used");
  });

  test(`a phone that is full ${words}, and has no ballast left, says so and has written nothing`, async () => {
    const { db, folder, disk } = await onFullDisk(failures);
    folder.files.clear();
    await assert.rejects(append("event", event(), {}, db), (error) => error instanceof NotSaved && error.reason === "full");
    disk.calm();
    assert.equal((await entries(db)).length, 2);
    folder.room = Infinity;
    const { rid } = await append("event", event(), {}, db);
    assert.equal((await mine(9, db))[0].rid, rid);
  });
}

test("what is no report does not use the ballast up", async () => {
  const { db } = await onFullDisk([QUOTA]);
  await assert.rejects(remember(db, "lastContact", 1), { reason: "full" });
  assert.equal(await ballast(), "kept");
});

test("the ballast is laid again when there is room", async () => {
  const { db, folder } = await onFullDisk([QUOTA]);
  await append("event", event(), {}, db);
  folder.room = 100_000;
  assert.equal(await layBallast(), "used");
  assert.equal(folder.files.size, 0);
  folder.room = Infinity;
  assert.equal(await layBallast(), "kept");
  assert.equal(folder.files.get("ballast"), 1024 * 1024);
});

test("a browser without such a folder has no ballast, and saves all the same", async () => {
  newFolder();
  delete globalThis.FileSystemFileHandle;
  assert.equal(await layBallast(), "none");
  assert.equal(await ballast(), "none");
  const db = await newPhone();
  await append("event", event(), {}, db);
});

test("a connection that the browser dropped is opened again and the record saved", async () => {
  for (const failure of [DROPPED, LOST]) {
    const db = await newPhone();
    await append("event", event(), {}, db);
    refuses(db, [failure], { times: 2 });
    const { rid } = await append("event", event(), {}, db);
    assert.equal((await mine(9, db))[0].rid, rid);
  }
});

test("a storage that stays away is lost, not full", async () => {
  newFolder();
  await layBallast();
  const db = await newPhone();
  await append("event", event(), {}, db);
  refuses(db, [LOST]);
  await assert.rejects(append("event", event(), {}, db), { name: "NotSaved", reason: "lost" });
  assert.equal(await ballast(), "kept");
});

test("a commit whose word was lost with the connection is found, not made twice", async () => {
  const db = await newPhone();
  await append("event", event(), {}, db);
  refuses(db, [DROPPED], { times: 1, after: true });
  const { seq } = await append("event", event({ note: "once" }), {}, db);
  assert.equal(seq, 3);
  assert.equal((await entries(db)).length, 3);
});

test("a connection closed by a newer version in another tab is opened again", async () => {
  const db = await newPhone();
  await append("event", event(), {}, db);
  const native = db.backendDB();
  native.onversionchange(Object.assign(new Event("versionchange"), { oldVersion: 20, newVersion: 30 }));
  await append("event", event(), {}, db);
  assert.equal((await mine(9, db)).length, 2);
});
