/**
 * Takes in an answer: weighs each log's result by the sender's rules and writes down what follows. A
 * receipt counts only with the centre's signature and our own hash.
 */
import { verify } from "../crypto/receipt.js";
import { countMismatch, learn, outranks, source } from "../store/outbox.js";
import { rotate } from "../store/rotate.js";
import { weigh, weighReceipt } from "./sender.js";

/** A log whose lines a store twice found not to fold is broken here, not on the way. */
const MISMATCHES = 2;

/** @typedef {import("../store/database.js").Database} Database */
/** @typedef {import("../store/logs.js").LogRow} LogRow */
/** @typedef {import("./messages.js").Answer} Answer */
/** @typedef {import("./messages.js").Result} Result */

/**
 * @param {Database} db
 * @param {Answer} answer
 * @param {string} centreKey
 * @returns {Promise<boolean>} whether any log came forward: more there, or begun anew
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
async function digestResult(db, { store, inc, role }, result, row, centreKey) {
  const own = source(db, row);
  const step = await weigh(own, result, role);
  if (step.do === "rotate") return began(rotate(db, row.log, reasonOf(step.why)));
  if (step.do === "not_yours") return began(rotate(db, row.log, "restored"));
  if (step.do === "set_aside") return began(rotate(db, row.log, "restored", { without: step.seq, code: "too_large" }));
  if (step.do === "again") {
    if ((await countMismatch(db, row.log)) < MISMATCHES) return false;
    return began(rotate(db, row.log, "restored"));
  }
  const up = await trusted(result, row, centreKey);
  const verdict = up && (await weighReceipt(own, up));
  if (verdict?.do === "rotate") return began(rotate(db, row.log, reasonOf(verdict.why)));
  const { hash, q } = result;
  await learn(db, row.log, { home: { store, inc }, have: step.have, hash, q, up });
  const sameHome = row.held?.store === store && row.held.inc === inc;
  return !sameHome || step.have !== row.held?.have;
}

/**
 * The centre's receipt, if it is signed by the centre and news to us. An older one comes by when a node
 * was restored or an answer was late, and says nothing.
 *
 * @param {Result} result
 * @param {LogRow} row
 * @param {string} centreKey
 */
async function trusted({ up }, row, centreKey) {
  if (!up || !centreKey || !outranks(up, row.up)) return null;
  return (await verify(centreKey, row.log, up)) ? up : null;
}

/** @param {string} why */
function reasonOf(why) {
  return why === "fork" ? "forked" : "restored";
}

/** @param {Promise<string | null>} rotation */
async function began(rotation) {
  return (await rotation) !== null;
}
