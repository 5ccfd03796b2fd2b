/** Whether this phone is locked, and what that means for what is shown; the piece with its screens comes when it is needed. */

import { announce } from "../store/changes.js";
import { lockState } from "../store/policy.js";
import { askOthers, onLock, unlocked } from "../store/ring.js";
import { UNDECIDED } from "./model.js";

/** @typedef {import("./model.js").State} State */

/** What was read while it was open is no longer held. */
const FORGOTTEN = { ready: false, profile: null, decided: UNDECIDED, running: null, records: [], drafts: [], sentBack: [], conditions: null, messages: null, promised: null, plan: [], snack: null, where: null };

let isKept = false;
let last = Promise.resolve();

/** Follows the lock from here on. Resolves when nothing stands in the way. @param {State} state */
export async function passGate(state) {
  onLock(() => void look(state).catch(reportError));
  await look(state);
  await state.until(() => !state.lock);
}

/** One after the other: what was true before must not be shown after. @param {State} state @returns {Promise<void>} */
function look(state) {
  last = last.catch(() => {}).then(() => follow(state));
  return last;
}

/** @param {State} state */
async function follow(state) {
  const before = state.lock;
  const lock = await lockState();
  if (lock === "locked") askOthers();
  if (lock || unlocked()) {
    const { lockScreen, keepShift, takeOver } = await import("./lock.js");
    if (lock === "locked") void takeOver().catch(reportError);
    if (!isKept) void keepShift().catch(reportError);
    isKept = true;
    if (lock) state.set({ lockScreen, ...FORGOTTEN });
  }
  state.set({ lock, door: unlocked()?.account ?? state.door });
  if (before && !lock) announce();
}
