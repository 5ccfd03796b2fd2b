/**
 * Takes in an answer: weighs each log's result by the sender's rules and writes down what follows. A
 * receipt counts only with the centre's signature and our own hash.
 */
import { countMismatch, learn, source } from "../store/outbox.js";
import { prune } from "../store/prune.js";
import { rotate } from "../store/rotate.js";
import { releasable, weigh } from "./sender.js";

/** @typedef {import("../store/database.js").Database} Database */
/** @typedef {import("../store/logs.js").LogRow} LogRow */
/** @typedef {import("./messages.js").Answer} Answer */
/** @typedef {import("./messages.js").Result} Result */

/**
 * @param {Database} db
 * @param {Answer} answer
 * @param {string} centreKey
 * @returns {Promise<boolean>} whether the store now has more of any log; a log begun anew is no progress yet
 */
export async function digestAnswer(db, answer, centreKey) {
  let forward = false;
  for (const result of answer.logs) {
    const row = await db.table("logs").get(result.log);
    if (row?.state !== "open") continue;
    forward = (await digestResult(db, answer, result, row, centreKey)) || forward;
  }
  return forward;
}

/**
 * @param {Database} db
 * @param {Answer} answer
 * @param {Result} result
 * @param {LogRow} row
 * @param {string} centreKey
 */
async function digestResult(db, { store, inc, role, now }, result, row, centreKey) {
  const own = source(db, row);
  const step = await weigh(own, result, { role, again: row.mismatches > 0 });
  switch (step.step) {
    case "rotate":
      await rotate(db, row.log, step.why);
      return false;
    case "not_yours":
      await rotate(db, row.log, "restored");
      return false;
    case "set_aside":
      await rotate(db, row.log, "restored", { without: step.seq, code: "too_large" });
      return false;
    case "again":
      await countMismatch(db, row.log);
      return false;
  }
  const up = (await releasable(own, result.up, centreKey)) ? result.up : null;
  const { hash, q } = result;
  await learn(db, row.log, { home: { store, inc }, role, have: step.have, hash, q, up });
  if (up) await prune(db, row.log, up, now);
  const sameHome = row.held?.store === store && row.held.inc === inc;
  return !sameHome || step.have !== row.held?.have;
}
