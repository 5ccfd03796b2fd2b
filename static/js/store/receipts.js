/**
 * How far an entry has come, from what its log knows: on the phone, at the home store, at the centre, or
 * in need of its author. Pure.
 */

/** @typedef {import("./logs.js").LogRow} LogRow */

/** @param {LogRow} log @returns {number} highest seq that the centre has signed for */
export function centreHas(log) {
  return Math.max(log.base, log.up?.have ?? 0);
}

/** @param {LogRow} log @returns {number} highest seq that the home store holds */
export function homeHas(log) {
  return Math.max(log.base, log.held?.have ?? 0);
}

/**
 * @param {{seq: number, aside?: string}} row
 * @param {LogRow | undefined} log
 * @returns {{state: "phone" | "node" | "centre" | "needs", code: string | null, message: string | null}}
 */
export function stateOf(row, log) {
  if (row.aside) return { state: "needs", code: row.aside, message: null };
  if (!log) return { state: "phone", code: null, message: null };
  const fault = faultAt(log, row.seq);
  return fault ? { state: "needs", code: fault.code, message: fault.message } : reached(row, log);
}

/**
 * How far an entry has come, whatever is said of it there.
 *
 * @param {{seq: number}} row
 * @param {LogRow} log
 * @returns {{state: "phone" | "node" | "centre", code: null, message: null}}
 */
export function reached(row, log) {
  if (row.seq <= centreHas(log)) return { state: "centre", code: null, message: null };
  return { state: row.seq <= homeHas(log) ? "node" : "phone", code: null, message: null };
}

/**
 * The centre's verdict outranks a node's.
 *
 * @param {LogRow} log
 * @param {number} seq
 */
function faultAt(log, seq) {
  const judged = log.up && seq <= log.up.have ? log.up.q : log.q;
  return judged.find((one) => one.seq === seq) ?? null;
}
