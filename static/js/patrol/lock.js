/** The piece that a sealed phone needs before all others: its screens, their words, and what ends a shift. */

import { html } from "lit";
import { letIn } from "../store/keys.js";
import { policy } from "../store/policy.js";
import { profile } from "../store/profile.js";
import { lock, unlocked } from "../store/ring.js";
import { isTurned, turn } from "../store/turn.js";
import { learn, words } from "../words/index.js";
import { svLock } from "../words/sv_lock.js";
import "./parts/choose_pin.js";
import "./screens/unlock.js";

export { takeOver } from "./takeover.js";

/** @typedef {import("./model.js").State} State */

const LOOK_EVERY_MS = 15_000;
const IDLE_MINUTES = 60;

learn(svLock);
// What the first write waits for is over while the PIN is typed; where it fails, that write says so.
if (!isTurned()) void turn().catch(() => {});

/** @param {State} state @returns {import("./screens.js").Screen} */
export function lockScreen(state) {
  const { lock: say } = words();
  if (state.lock === "locked") return { title: say.title, body: html`<fieldlog-unlock .state=${state}></fieldlog-unlock>`, dock: null };
  const take = async (/** @type {import("../store/keys.js").Secret} */ secret) => {
    const who = await profile();
    if (who) await letIn(who, secret);
  };
  return { title: say.choose, body: html`<fieldlog-choose-pin .take=${take}></fieldlog-choose-pin>`, dock: null };
}

/** Ends the shift when nobody has touched the phone for a while, and after twelve hours in any case. */
export async function keepShift() {
  const idle = ((await policy())?.idleMinutes ?? IDLE_MINUTES) * 60_000;
  let touched = Date.now();
  const touch = () => (touched = Date.now());
  for (const event of ["pointerdown", "keydown"]) addEventListener(event, touch, { passive: true });
  const look = () => {
    const shift = unlocked();
    const now = Date.now();
    if (!shift) touch();
    else if (now >= shift.until) lock();
    // Only this tab: another may be in use.
    else if (Math.abs(now - touched) >= idle) lock({ others: false });
  };
  setInterval(look, LOOK_EVERY_MS);
  for (const event of ["visibilitychange", "pageshow", "focus"]) addEventListener(event, look);
}
