/**
 * The phone's IndexedDB. The stores are generic and for ever: a new field in a record needs no new
 * schema, since the payload carries its version. Every write is durable before it is called saved.
 * Knows nothing of HTTP or of pages.
 *
 * logs     log → {log, order, device, state open|closed|forked, reason, previous, base, baseHash, seq, head,
 *          mismatches, q, up, receipt, receipts}
 * entries  log, seq → {log, seq, digest, hash, payload}: the exact bytes, held until they may be let go
 * records  what lists show, one row a rid: {n, rid, subject, t, at, by, org, body, log, seq, aside?}
 * known    store, inc, log → {store, inc, log, have, hash}: what we believe that a store holds
 * meta     name → {name, value}: profile, current log, home store, last contact
 * bundles  name → {name, sha256, value, fetchedAt}
 * drafts   name → {name, value, at}: a form not yet saved
 * photos   sha256 → {sha256, size, mime, rid, state phone|node|centre, signed, at}: how far a photo has come
 * photoBytes  sha256 → {sha256, bytes}: the photo itself, apart, so that counting photos reads none of them
 * aside    id → {id, of, table, key, row, why, at}: rows that could not be read, raw; never deleted
 * carried  sha256 → {sha256, name, size, bytes, state, at}: rescue files of colleagues
 * keys     id → {id, made, own, centre, wraps}: the data key that rows are sealed with, wrapped; none where
 *          nothing is sealed. Of a sealed row, `sealed` stands for the fields that sealing.js names
 */
import { Dexie } from "dexie";
import { dropBallast } from "./ballast.js";
import { isTurned, turn, turnAgain } from "./turn.js";

const REOPENABLE = new Set(["InvalidStateError", "DatabaseClosedError", "UnknownError"]);
const TRIES = 3;
/** How browsers word a full disk, where they give it no name of its own. */
const FULL = /no.?space|full disk|disk (is )?full|backing store|unrelated to the database/i;

/** @typedef {import("dexie").Dexie} Database */

/** @param {string} [name] @returns {Database} a database that opens at its first use */
export function openDatabase(name = "fieldlog") {
  const db = new Dexie(name, { chromeTransactionDurability: "strict", indexedDB, IDBKeyRange });
  db.version(1).stores({
    logs: "log, order",
    entries: "[log+seq]",
    records: "++n, &rid, subject, [log+seq]",
    known: "[store+inc+log], log",
    meta: "name",
    bundles: "name",
    drafts: "name",
  });
  db.version(2).stores({
    photos: "sha256, state",
    photoBytes: "sha256",
    aside: "++id, &of, table",
    carried: "sha256, state",
  });
  db.version(3).stores({ keys: "id" });
  return db;
}

/** @type {Database | undefined} */
let shared;

/** @returns {Database} the one database of this page */
export function database() {
  shared ??= openDatabase();
  return shared;
}

/**
 * Makes the page work on another database, for practice: the real one is not touched. Before the first use.
 *
 * @param {string} name
 */
export function useDatabase(name) {
  if (shared && shared.name !== name) throw new Error(`${shared.name} is in use already`);
  shared ??= openDatabase(name);
}

/**
 * Runs `work` in one strict read-write transaction; the promise resolves on its `complete` event only.
 * A connection that the browser has dropped is opened again, so `work` may run more than once and must
 * find out for itself whether an earlier run was committed.
 *
 * @template T
 * @param {Database} db
 * @param {string[]} stores
 * @param {() => Promise<T>} work
 * @returns {Promise<T>} rejects with NotSaved, cause included, when the storage refuses
 */
export function writing(db, stores, work) {
  return steady(db, async () => {
    if (!isTurned()) await turn();
    return db.transaction("rw", stores, work);
  });
}

/**
 * Runs `work` that only reads; a connection that the browser has dropped is opened again.
 *
 * @template T
 * @param {Database} db
 * @param {() => PromiseLike<T>} work
 * @returns {Promise<T>} rejects with NotSaved when the storage can't even be read
 */
export function reading(db, work) {
  // Opening needs some room too: without it, nothing could be shown on a full disk.
  return relieved(() => steady(db, work));
}

/**
 * Runs `work` once more with the ballast's room, if there was none left for it. For what must not fail on a
 * full disk as long as that can be helped: reports, and seeing them.
 *
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function relieved(work) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NotSaved) || error.reason !== "full" || !(await dropBallast())) throw error;
    return work();
  }
}

/**
 * @template T
 * @param {Database} db
 * @param {() => PromiseLike<T>} work
 * @returns {Promise<T>}
 */
async function steady(db, work) {
  const failures = [];
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isStorageFailure(error)) throw error;
      failures.push(rootOf(error));
      turnAgain();
      if (!REOPENABLE.has(rootOf(error).name)) throw new NotSaved(failures);
      db.close({ disableAutoOpen: false });
      if (failures.length === TRIES) throw new NotSaved(failures);
    }
  }
}

/** The storage said no: disk full, quota, lost for good. What was typed must stay on the screen. */
export class NotSaved extends Error {
  /** @param {{name: string, message: string}[]} failures what the browser said, each time */
  constructor(failures) {
    super("not saved", { cause: failures[0] });
    this.name = "NotSaved";
    /** @type {"full" | "lost"} */
    this.reason = failures.some(isFull) ? "full" : "lost";
  }
}

/** @param {{name: string, message: string}} failure */
function isFull({ name, message }) {
  return name === "QuotaExceededError" || FULL.test(message);
}

/** @param {unknown} error @returns {boolean} whether it comes from the storage, not from our own rules */
function isStorageFailure(error) {
  return error instanceof Dexie.DexieError || error instanceof DOMException;
}

/** @param {any} error Dexie wraps the browser's own error as `inner` @returns {{name: string, message: string}} */
function rootOf(error) {
  return error?.inner ? rootOf(error.inner) : error;
}

/** @param {Database} db @param {string} name @returns {Promise<any>} the value, or null */
export async function recall(db, name) {
  const row = await reading(db, () => db.table("meta").get(name));
  return row?.value ?? null;
}

/** @param {Database} db @param {string} name @param {unknown} value */
export async function remember(db, name, value) {
  await writing(db, ["meta"], () => db.table("meta").put({ name, value }));
}
