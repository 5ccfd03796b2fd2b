/** What Now asks or tells once, one thing at a time: a visit that ended by itself, one far from its place, one that runs long. */

import { html, nothing } from "lit";
import { language, words } from "../words/index.js";
import { asked, isAsked } from "./asked.js";
import { UNSAID, amend, leave } from "./bodies.js";
import { farFrom } from "./far.js";
import { endedItself, endsItself, isLong } from "./long_visit.js";
import { ask } from "./parts/ask.js";
import { inWords } from "./places.js";
import { isWiped } from "./platform.js";
import { address } from "./route.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {import("./actions.js").Actions} Actions */

/** @param {State} state @param {Actions} act */
export const asks = (state, act) => tellEnded(state) ?? askFar(state, act) ?? askStay(state) ?? tellWiped() ?? tellNews(state) ?? nothing;

/** Ends a visit that has run its four hours, also when the app was closed meanwhile. @param {State} state @param {Actions} act */
export function keepWatch(state, act) {
  const look = () => {
    const end = endsItself(state.running, state.now);
    if (end) act.record("leave", leave(state.running.rid, end, "auto", UNSAID), null);
  };
  state.onChange(look);
  look();
}

/** @param {State} state */
function tellEnded(state) {
  const { asks: say } = words();
  const visit = endedItself(state.records, state.now);
  if (!visit || isAsked("closed", visit.rid)) return null;
  const answers = html`<a class="button" href=${address("correct", visit.rid)}>${say.endedCorrect}</a>
    <button class="button" type="button" @click=${() => answered(state, "closed", visit.rid)}>${say.endedOk}</button>`;
  return ask({ picture: "clock", title: say.ended, text: say.endedText(state.placeName(visit.body.place)), answers });
}

/** @param {State} state @param {Actions} act */
function askFar(state, act) {
  const { running } = state;
  if (!running || running.body.far != null) return null;
  const { asks: say } = words();
  const away = farFrom(running.body, state.row(running.body.place));
  if (away == null) return null;
  const tell = (/** @type {boolean} */ far) => () =>
    act.record("amend", amend(running.rid, running.seen, { ...running.body, far }, say.farWhy), null);
  const answers = html`<button class="button" type="button" @click=${tell(false)}>${say.farNo}</button>
    <button class="button" type="button" @click=${tell(true)}>${say.farYes}</button>`;
  const text = say.farText(inWords(away, language()), state.placeName(running.body.place));
  return ask({ picture: "pin", title: say.far, text, answers });
}

/** @param {State} state */
function askStay(state) {
  const { running } = state;
  if (!isLong(running, state.now) || isAsked("stay", running.rid)) return null;
  const { asks: say } = words();
  const answers = html`<button class="button" type="button" @click=${() => answered(state, "stay", running.rid)}>${say.stayYes}</button>
    <a class="button" href=${address("leave")}>${say.stayNo}</a>`;
  return ask({ picture: "clock", title: say.stay(state.placeName(running.body.place)), text: say.stayText, answers });
}

/** On an iPhone or iPad, outside the home screen, what is written could be thrown away. */
export function tellWiped() {
  if (!isWiped()) return null;
  const { install: say } = words();
  const answers = html`<a class="button" href=${address("install")}>${say.how}</a>`;
  return ask({ picture: "warn", title: say.first, text: say.wiped, answers });
}

/** The latest word that was not read on this phone. @param {State} state */
function tellNews(state) {
  const fresh = unread(state);
  if (!fresh.length) return null;
  const { messages: say } = words();
  const answers = html`<a class="button" href=${address("messages")}>${say.read(fresh.length)}</a>`;
  const [{ kind, from, text }] = fresh;
  return ask({ picture: "note", title: kind === "outcome" ? say.outcome : say.from(from), text, answers });
}

/** @param {State} state */
export const unread = (state) => (state.messages ?? []).filter((one) => !isAsked("read", one.id));

/** @param {State} state @param {import("./asked.js").What} what @param {string} rid */
function answered(state, what, rid) {
  asked(what, [rid]);
  state.set({});
}
