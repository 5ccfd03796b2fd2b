/** What a tap does: writes the record, then says so. Every answer on the screen comes after the durable commit. */

import { append } from "../store/append.js";
import { sendNow } from "../sync/run.js";
import { words } from "../words/index.js";
import { CALM, UNSAID, amend, event, leave, pastVisit, visit, withdraw } from "./bodies.js";
import { askFix, whereNow } from "./fix.js";
import { load } from "./model.js";
import { prefer } from "./preferences.js";
import { go, goInstead } from "./route.js";
import { minutesBetween } from "./times.js";

/** @typedef {import("./model.js").State} State */

const SNACK_MS = 10_000;

/** The taps of one app. @param {State} state */
export function actions(state) {
  const { say, saving } = answering(state);
  const planned = (/** @type {string|null} */ place) => state.plan.some((one) => one.code === place);
  const shift = () => ({ mode: state.preferences.mode, crew: state.preferences.crew });
  const undoing = (/** @type {string[]} */ rids) => () =>
    saving(async () => {
      for (const rid of rids) await append("withdraw", withdraw(rid, "undo"));
      say(words().saved.undone, null);
    });

  /** Arrive. A visit that still runs ends by itself first. @param {string|null} place */
  const here = (place) =>
    saving(async () => {
      const at = new Date();
      const before = state.running;
      const where = whereNow(state.fix, state.preferences.position === "off", at);
      const left = before && (await append("leave", leave(before.rid, at, "auto", UNSAID)));
      const body = visit({ place, planned: planned(place), at, where, far: null, shift: shift() });
      const { rid } = await append("visit", body);
      const name = state.placeName(place);
      say(before ? words().saved.moved(name) : words().saved.visit(name), undoing(left ? [rid, left.rid] : [rid]));
    }, "now");

  /** Leave. @param {import("./bodies.js").Said} said */
  const done = (said) =>
    saving(async () => {
      const { rid: ref, body } = state.running;
      const at = new Date();
      const { rid } = await append("leave", leave(ref, at, "tap", said));
      say(words().saved.ended(minutesBetween(new Date(body.started_at), at)), undoing([rid]));
      if (state.preferences.position === "on") void locate(state);
    }, "now");

  /** @param {string|null} place @param {number} minutes */
  const justHere = (place, minutes) =>
    saving(async () => {
      const to = new Date();
      const from = new Date(+to - minutes * 60_000);
      const { rid } = await append("visit", pastVisit({ place, planned: planned(place), from, to, shift: shift() }));
      say(words().saved.backfilled(minutes), undoing([rid]));
    }, "now");

  /** @param {import("./bodies.js").EventAnswers} answers @param {import("./model.js").Where} where */
  const saveEvent = (answers, where) =>
    saving(async () => {
      const { rid } = await append("event", event(answers, where, state.running?.rid ?? null));
      state.set({ where: null });
      say(words().saved.event, undoing([rid]));
    }, "now");

  /** A correction is a new record that names what it saw. @param {any} record @param {any} body the whole new body */
  const correct = (record, body) =>
    saving(async () => {
      await append("amend", amend(record.rid, record.seen, body, words().correct.why));
      say(words().saved.corrected, null);
    }, "mine");

  /** @param {any} record */
  const hide = (record) =>
    saving(async () => {
      await append("withdraw", withdraw(record.rid, words().correct.withdraw));
      say(words().correct.withdrawn, null);
    }, "mine");

  return {
    here, done, justHere, saveEvent, correct, hide,
    calm: () => (state.running ? done(state.eventsInVisit ? UNSAID : CALM) : go("just-here")),
    send: () => void sendNow(),
    locate: () => locate(state),
    /** @param {Partial<import("./preferences.js").Preferences>} some */
    prefer: (some) => state.set({ preferences: prefer(some) }),
  };
}

/** @typedef {ReturnType<typeof actions>} Actions */

/** Answers on the screen, and one save at a time: a second tap while the first is kept does nothing. @param {State} state */
function answering(state) {
  let busy = false;
  let timer = 0;
  const say = (/** @type {string} */ text, /** @type {(() => void)|null} */ undo) => {
    clearTimeout(timer);
    state.set({ snack: { text, undo } });
    timer = window.setTimeout(() => state.set({ snack: null }), SNACK_MS);
  };
  /** @param {() => Promise<void>} write @param {string} [next] the screen to show then, unless one has gone elsewhere */
  const saving = async (write, next) => {
    if (busy) return;
    busy = true;
    const from = state.route;
    try {
      await write();
      await load(state);
      if (next && state.route === from && from.screen !== next) goInstead(next);
      navigator.vibrate?.(30);
    } catch (error) {
      say(words().saved.failed, null);
      reportError(error);
    } finally {
      busy = false;
    }
  };
  return { say, saving };
}

/** One position, asked for once; the answer is kept as a preference when it is no. @param {State} state */
async function locate(state) {
  state.set({ fixState: "asking" });
  const found = await askFix();
  if (found === "declined") state.set({ fixState: "declined", preferences: prefer({ position: "off" }) });
  else if (found === "none") state.set({ fixState: "none" });
  else state.set({ fix: found, fixState: "idle", now: new Date(), preferences: prefer({ position: "on" }) });
}
