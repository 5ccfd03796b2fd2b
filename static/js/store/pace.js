/**
 * How often a PIN may be tried: each try is counted on disk before it is made, so that no restart helps, and
 * after some wrong ones in a row they come further apart; at last there are none left. Deletes nothing else.
 */
import { database, relieved, writing } from "./database.js";

/** Seconds to wait after so many wrong ones in a row. */
const WAITS_S = [0, 0, 0, 0, 0, 30, 60, 300, 900, 3600];
const TRIES = WAITS_S.length;

/** @typedef {import("./database.js").Database} Database */
/** @typedef {{wrong: number, at: number}} Count at: ms, when the last try began */

/** It is too early for another try, or there are none left. */
export class NotYet extends Error {
  /** @param {number} wait ms; Infinity: only a new enrolment helps */
  constructor(wait) {
    super("not yet");
    this.wait = wait;
  }
}

/**
 * Counts a try as a wrong one until `passed` says otherwise.
 *
 * @param {Database} db
 * @param {string} account
 * @param {number} [now]
 * @returns {Promise<number>} tries left should this one be wrong; rejects with NotYet, and then it was not counted
 */
export async function begun(db, account, now = Date.now()) {
  const { wrong, wait } = await changed(db, account, ({ wrong, at }) => {
    const wait = waitAfter(wrong, at, now);
    // A clock that was set back starts the wait anew, and shortens none.
    return wait ? { wrong, at: Math.min(at, now), wait } : { wrong: wrong + 1, at: now, wait };
  });
  if (wait) throw new NotYet(wait);
  return TRIES - wrong;
}

/** @param {Database} db @param {string} account it was the right one */
export async function passed(db, account) {
  await changed(db, account, () => ({ wrong: 0, at: 0 }));
}

/** @param {string} account @param {Database} [db] @param {number} [now] @returns {Promise<number>} ms until the next try; Infinity: none is left */
export async function waiting(account, db = database(), now = Date.now()) {
  const row = await db.table("meta").get("pace");
  const { wrong, at } = row?.value[account] ?? { wrong: 0, at: 0 };
  return waitAfter(wrong, at, now);
}

/** @param {number} wrong @param {number} at @param {number} now */
function waitAfter(wrong, at, now) {
  if (wrong >= TRIES) return Infinity;
  return Math.max(0, WAITS_S[wrong] * 1000 - Math.max(0, now - at));
}

/**
 * @template {Count} T
 * @param {Database} db
 * @param {string} account
 * @param {(count: Count) => T} change
 * @returns {Promise<T>}
 */
function changed(db, account, change) {
  const count = async () => {
    const all = (await db.table("meta").get("pace"))?.value ?? {};
    const next = change(all[account] ?? { wrong: 0, at: 0 });
    await db.table("meta").put({ name: "pace", value: { ...all, [account]: { wrong: next.wrong, at: next.at } } });
    return next;
  };
  // Nobody is locked out by a full disk as long as that can be helped.
  return relieved(() => writing(db, ["meta"], count));
}
