/** What a tap does: writes the record, then says so. Every answer on the screen comes after the durable commit. */

import { Invalid, NotEnrolled, append } from "../store/append.js";
import { NotSaved } from "../store/database.js";
import { drop, keep } from "../store/drafts.js";
import { TooLarge } from "../store/payload.js";
import { unlocked } from "../store/ring.js";
import { Locked } from "../store/sealing.js";
import { sendNow } from "../sync/start.js";
import { words } from "../words/index.js";
import { CALM, UNSAID, amend, event, leave, pastVisit, visit, withdraw } from "./bodies.js";
import { askFix, whereNow } from "./fix.js";
import { written } from "./model.js";
import { prefer } from "./preferences.js";
import { go, goInstead } from "./route.js";
import { minutesBetween } from "./times.js";

/** @typedef {import("./model.js").State} State */

/** What a form hands over beside its answers. @typedef {{draft: import("./draft.js").Draft, photos?: Blob[]}} Form */

const SNACK_MS = 10_000;
/** What every phone takes for the second half of a double tap, and too soon for a choice. */
const DOUBLE_MS = 400;

/** Where the next event is placed, kept until it is written. */
const WHERE = "next-event";

/** The taps of one app. @param {State} state */
export function actions(state) {
  const { write, saving } = answering(state);
  const planned = (/** @type {string|null} */ place) => state.plan.some((one) => one.code === place);
  const shift = () => ({ mode: state.preferences.mode, crew: state.preferences.crew });
  const undoing = (/** @type {string[]} */ rids) => () =>
    saving(async () => {
      for (const rid of rids) await write("withdraw", withdraw(rid, "undo"));
      return { text: words().saved.undone };
    });

  /** Arrive. A visit that still runs ends by itself first. @param {string|null} place */
  const here = (place) =>
    saving(async () => {
      const at = new Date();
      const before = state.running;
      const where = whereNow(state.fix, state.preferences.position === "off", at);
      const left = before && (await write("leave", leave(before.rid, at, "auto", UNSAID)));
      const body = visit({ place, planned: planned(place), at, where, far: null, shift: shift() });
      const { rid } = await write("visit", body);
      const name = state.placeName(place);
      const text = before ? words().saved.moved(name) : words().saved.visit(name);
      return { text, undo: undoing(left ? [rid, left.rid] : [rid]) };
    }, "now");

  /** Leave. @param {import("./bodies.js").Said} said @param {Form} [form] */
  const done = (said, form) =>
    saving(async () => {
      const { rid: ref, body } = state.running;
      const at = new Date();
      const { rid } = await write("leave", leave(ref, at, "tap", said), form);
      if (state.preferences.position === "on") setTimeout(() => void locate(state));
      return { text: words().saved.ended(minutesBetween(new Date(body.started_at), at)), undo: undoing([rid]) };
    }, "now");

  /** @param {string|null} place @param {number} minutes @param {Form} form */
  const justHere = (place, minutes, form) =>
    saving(async () => {
      const to = new Date();
      const from = new Date(+to - minutes * 60_000);
      const { rid } = await write("visit", pastVisit({ place, planned: planned(place), from, to, shift: shift() }), form);
      return { text: words().saved.backfilled(minutes), undo: undoing([rid]) };
    }, "now");

  /** @param {import("./bodies.js").EventAnswers} answers @param {import("./model.js").Where} where @param {Form} form */
  const saveEvent = (answers, where, form) =>
    saving(async () => {
      const { rid } = await write("event", event(answers, where, state.running?.rid ?? null), form, [WHERE]);
      return { text: words().saved.event, undo: undoing([rid]), also: { where: null } };
    }, "now");

  /** Where the next event is, said before it is written. @param {import("./model.js").Where} where @param {import("./draft.js").Draft} draft */
  const placeNext = async (where, draft) => {
    draft.saved();
    state.set({ where });
    go("event");
    await keep(WHERE, { where, kept: new Date().toISOString() }).catch(reportError);
    await drop(draft.names).catch(reportError);
  };

  /** A correction is a new record that names what it saw. @param {any} record @param {any} body the whole new body @param {Form} form */
  const correct = (record, body, form) =>
    saving(async () => {
      await write("amend", amend(record.rid, record.seen, body, words().correct.why), form);
      return { text: words().saved.corrected };
    }, "mine");

  /** @param {any} record */
  const hide = (record) =>
    saving(async () => {
      await write("withdraw", withdraw(record.rid, words().correct.withdraw));
      return { text: words().correct.withdrawn };
    }, "mine");

  /** Any other record that a later screen writes. @param {string} t @param {any} body @param {string|null} said null: nothing to say, nothing to undo */
  const record = (t, body, said) =>
    saving(async () => {
      const { rid } = await write(t, body);
      return said ? { text: said, undo: undoing([rid]) } : {};
    });

  return {
    here, done, justHere, saveEvent, placeNext, correct, hide, record,
    calm: () => (state.running ? done(state.eventsInVisit ? UNSAID : CALM) : go("just-here")),
    send: () => void sendNow(),
    locate: () => locate(state),
    /** @param {Partial<import("./preferences.js").Preferences>} some */
    prefer: (some) => state.set({ preferences: prefer(some) }),
  };
}

/** @typedef {ReturnType<typeof actions>} Actions */

/** The storage refused: what was to be written is not lost with it. */
class Unsaved extends Error {
  /** @param {unknown} cause @param {{t: string, body: any}} unsaved */
  constructor(cause, unsaved) {
    super("not saved", { cause });
    this.reason = cause instanceof NotSaved ? cause.reason : "lost";
    this.unsaved = unsaved;
  }
}

/**
 * Writes what a tap or a form said. A form's goes under the rid that its draft carries, so that a second try is
 * the same record; then the draft is over.
 *
 * @param {string} t
 * @param {any} body
 * @param {Form|undefined} form
 * @param {string[]} drafts others that are over with it
 */
async function kept(t, body, form, drafts) {
  const { photos, draft } = form ?? {};
  try {
    const saved = await append(t, body, { rid: draft?.rid, photos, drafts: [...(draft?.names ?? []), ...drafts] });
    draft?.saved();
    return saved;
  } catch (error) {
    if ([Invalid, TooLarge, NotEnrolled, Locked].some((ours) => error instanceof ours)) throw error;
    throw new Unsaved(error, { t, body });
  }
}

/** @typedef {{text?: string, undo?: () => void, also?: Partial<State>}} Answer  text: what is said; also: what changes with it */

/** Answers on the screen, and one save at a time: a second tap while the first is kept does nothing. @param {State} state */
function answering(state) {
  /** @type {Set<string|null>} whose save is under way */
  const busy = new Set();
  let timer = 0;
  /** @type {[import("../store/append.js").Saved, string[]][]} written and not yet shown */
  let fresh = [];
  /** @param {string} t @param {any} body @param {Form} [form] @param {string[]} [drafts] others that are over with it */
  const write = async (t, body, form, drafts = []) => {
    const by = state.door;
    try {
      const saved = await kept(t, body, form, drafts);
      fresh.push([saved, [...(form?.draft.names ?? []), ...drafts]]);
      return saved;
    } catch (error) {
      if (!(error instanceof Locked)) throw error;
      await openedBy(by);
      return write(t, body, form, drafts);
    }
  };
  /** The lock came first: a tap waits until whoever made it has unlocked the phone. Somebody else may write meanwhile. @param {string|null} author */
  const openedBy = async (author) => {
    fresh = []; // the lists are read anew then
    await state.until(() => unlocked()?.account === author && state.profile?.account === author);
  };
  const show = () => {
    for (const [{ row }, drafts] of fresh) written(state, row, drafts);
    fresh = [];
  };
  const say = (/** @type {string} */ text, /** @type {(() => void)|null} */ undo) => {
    clearTimeout(timer);
    state.set({ snack: { text, undo } });
    timer = window.setTimeout(() => state.set({ snack: null }), SNACK_MS);
  };
  /**
   * All that the answer changes is changed at once, so that it is drawn once.
   *
   * @param {() => Promise<Answer>} work
   * @param {string} [next] the screen to show then, unless one has gone elsewhere
   */
  const saving = async (work, next) => {
    const by = state.door;
    if (busy.has(by)) return;
    busy.add(by);
    const from = state.route;
    const address = location.hash;
    try {
      const { text, undo = null, also } = await work();
      show();
      state.set({ trouble: state.trouble?.by === by ? null : state.trouble, ...also });
      if (text) say(text, undo);
      if (next && location.hash === address && from.screen !== next) goInstead(next);
      navigator.vibrate?.(30);
      void state.pieces?.askToBeSpared().catch(reportError);
    } catch (error) {
      show();
      refused(error, by, () => void saving(work, next));
    } finally {
      settle();
      drawn(() => busy.delete(by));
    }
  };
  /** The form stays as it is, and what it held is held up before its author. @param {unknown} error @param {string|null} by @param {() => void} again */
  const refused = (error, by, again) => {
    if (error instanceof Unsaved) return state.set({ trouble: { by, reason: error.reason, unsaved: error.unsaved, again } });
    say(words().saved.failed, null);
    reportError(error);
  };
  return { write, saving };
}

/** Where cold hands tap twice, the second tap meets nothing: it was not meant for what has just come under the finger. */
function settle() {
  document.body.animate({ pointerEvents: ["none", "none"] }, DOUBLE_MS);
}

/** When the next frame stands: a tap that bounces, or a key held down, must not press what has just come there. @param {() => void} then */
function drawn(then) {
  if (document.hidden) then();
  else requestAnimationFrame(() => setTimeout(then));
}

/** One position, asked for once; the answer is kept as a preference when it is no. @param {State} state */
async function locate(state) {
  state.set({ fixState: "asking" });
  const found = await askFix();
  if (found === "declined") state.set({ fixState: "declined", preferences: prefer({ position: "off" }) });
  else if (found === "none") state.set({ fixState: "none" });
  else state.set({ fix: found, fixState: "idle", now: new Date(), preferences: prefer({ position: "on" }) });
}
