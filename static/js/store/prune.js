/**
 * Lets go of what the centre has signed for, and only 72 hours after it signed: a centre restored from a
 * copy can then still be given back what it lost. Both times are the servers', never this phone's clock.
 */
import { announce } from "./changes.js";
import { writing } from "./database.js";
import { hashAt } from "./logs.js";

const RETENTION_MS = 72 * 3600 * 1000;

/**
 * Call it with each answer that holds the centre's verified receipt for this log: an old signature alone lets
 * nothing go, since the centre may have been restored to before it.
 *
 * @param {import("./database.js").Database} db
 * @param {string} log
 * @param {import("../sync/messages.js").Up} up the receipt that just came, verified
 * @param {string} now the store's clock, from the same answer
 * @returns {Promise<number>} how many entries were let go
 */
export async function prune(db, log, up, now) {
  if (ripe(await db.table("logs").get(log), up, now) === null) return 0;
  const gone = await writing(db, ["logs", "entries", "records"], async () => {
    const row = await db.table("logs").get(log);
    const upTo = ripe(row, up, now);
    if (upTo === null) return 0;
    const baseHash = await hashAt(db, log, upTo);
    const receipts = row.receipts.filter((/** @type {{have: number}} */ one) => one.have > upTo);
    await db.table("entries").where("[log+seq]").between([log, 0], [log, upTo], true, true).delete();
    await db.table("logs").update(log, { base: upTo, baseHash, receipts });
    await dropWholeSubjects(db, log);
    return upTo - row.base;
  });
  announce();
  return gone;
}

/**
 * @param {import("./logs.js").LogRow} row
 * @param {import("../sync/messages.js").Up} up
 * @param {string} now
 * @returns {number | null} the highest seq that may go, or null if none may
 */
function ripe(row, up, now) {
  const isLatestWord = row.up?.inc === up.inc && row.up.at === up.at;
  if (row.state !== "open" || !isLatestWord) return null;
  const before = Date.parse(now) - RETENTION_MS;
  const old = row.receipts.filter((one) => Date.parse(one.at) <= before && one.have <= up.have);
  const upTo = Math.max(0, ...old.map((one) => one.have));
  return upTo > row.base ? upTo : null;
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
