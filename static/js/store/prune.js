/**
 * Lets go of what the centre has signed for, and only 72 hours after it signed: a centre restored from a
 * copy can then still be given back what it lost. Both times are the servers', never this phone's clock.
 */
import { announce } from "./changes.js";
import { writing } from "./database.js";
import { hashAt } from "./logs.js";

const RETENTION_MS = 72 * 3600 * 1000;

/**
 * @param {import("./database.js").Database} db
 * @param {string} log
 * @param {string} now the store's clock, from its answer
 * @returns {Promise<number>} how many entries were let go
 */
export async function prune(db, log, now) {
  const upTo = ripe(await db.table("logs").get(log), now);
  if (upTo === null) return 0;
  const gone = await writing(db, ["logs", "entries", "records"], async () => {
    const row = await db.table("logs").get(log);
    const still = ripe(row, now);
    if (still === null) return 0;
    const baseHash = await hashAt(db, log, still);
    const receipts = row.receipts.filter((/** @type {{have: number}} */ one) => one.have > still);
    await db.table("entries").where("[log+seq]").between([log, 0], [log, still], true, true).delete();
    await db.table("logs").update(log, { base: still, baseHash, receipts });
    await dropWholeSubjects(db, log);
    return still - row.base;
  });
  announce();
  return gone;
}

/**
 * @param {import("./logs.js").LogRow} row
 * @param {string} now
 * @returns {number | null} the highest seq that may go, or null if none may
 */
function ripe(row, now) {
  const before = Date.parse(now) - RETENTION_MS;
  const old = row.receipts.filter((one) => Date.parse(one.at) <= before && one.have <= row.seq);
  const upTo = Math.max(0, ...old.map((one) => one.have));
  return row.state === "open" && upTo > row.base ? upTo : null;
}

/**
 * A list row goes when everything that speaks of its subject has gone, so that no visit loses its end.
 *
 * @param {import("./database.js").Database} db
 * @param {string} log
 */
async function dropWholeSubjects(db, log) {
  const records = db.table("records");
  const row = await db.table("logs").get(log);
  const isGone = (/** @type {any} */ one) => one.log === log && one.seq <= row.base && !one.aside;
  const gone = await records.where("[log+seq]").between([log, 0], [log, row.base], true, true).toArray();
  const subjects = [...new Set(gone.map((one) => one.subject))];
  for (const subject of subjects) {
    const family = await records.where("subject").equals(subject).toArray();
    if (family.every(isGone)) await records.bulkDelete(family.map((one) => one.n));
  }
}
