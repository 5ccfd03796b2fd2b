/** Before the first write of a page, and after each that failed, Chromium is made to begin a new log file. */
import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";
import { openDatabase, writing } from "../../static/js/store/database.js";
import { newFolder } from "./support/folder.js";

const db = openDatabase();
/** @type {string[]} */
const done = [];
const { deleteDatabase } = indexedDB;
indexedDB.deleteDatabase = (name) => {
  done.push(name);
  return deleteDatabase.call(indexedDB, name);
};
const { databases } = indexedDB;
indexedDB.databases = () => {
  done.push("asked");
  return databases.call(indexedDB);
};
const write = () => writing(db, ["meta"], () => db.table("meta").put({ name: "one", value: done.push("write") }));
const seem = (/** @type {object} */ browser) => Object.defineProperty(globalThis, "navigator", { value: browser, configurable: true });

test("another browser is left alone", async () => {
  seem({});
  await write();
  assert.deepEqual(done.splice(0), ["write"]);
});

test("Chromium begins a new log before the first write, and once is enough", async () => {
  seem({ userAgentData: {} });
  await Promise.all([write(), write()]);
  await write();
  assert.deepEqual(done.splice(0), ["fieldlog-turn", "asked", "write", "write", "write"]);
});

test("after a write that failed it does so again, before the same write is tried once more", async () => {
  let isFirst = true;
  await writing(db, ["meta"], async () => {
    done.push("write");
    if (isFirst) {
      isFirst = false;
      throw new DOMException("lost", "UnknownError");
    }
  });
  assert.deepEqual(done.splice(0), ["write", "fieldlog-turn", "asked", "write"]);
});

test("where a new log has no room, not a byte is written behind the torn end of the old one", async () => {
  const folder = newFolder();
  seem({ userAgentData: {}, storage: navigator.storage });
  folder.room = 100_000;
  const torn = writing(db, ["meta"], () => {
    done.push("write");
    throw new DOMException("lost", "UnknownError");
  });
  await assert.rejects(torn, { name: "NotSaved", reason: "full" });
  assert.deepEqual(done.splice(0), ["write"]);
});
