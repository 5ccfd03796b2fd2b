/** Every screen but the first two, with their words: one piece that is fetched when the first screen stands. */

import { html } from "lit";
import { language, learn, words } from "../words/index.js";
import { svLock } from "../words/sv_lock.js";
import { svMap } from "../words/sv_map.js";
import { svRest } from "../words/sv_rest.js";
import { asks, keepWatch } from "./asks.js";
import { corrected } from "./bodies.js";
import { tileOf } from "./categories.js";
import { reason } from "./record_words.js";
import { rescueAll, saveFile } from "./rescue_file.js";
import { address } from "./route.js";
import { child } from "./screens/child.js";
import { mine } from "./screens/mine.js";
import { install } from "./screens/install.js";
import { more } from "./screens/more.js";
import { now } from "./screens/now.js";
import { practice } from "./screens/practice.js";
import { shift } from "./screens/shift.js";
import { askToBeSpared } from "./storage.js";
import { eventWhere } from "./where.js";
import { keepWorker } from "./worker.js";
import { atPlace } from "./parts/at_place.js";
import { clockStrip } from "./parts/clock_strip.js";
import { top } from "./parts/top.js";
import "./parts/trouble.js";
import "./screens/change_pin.js";
import "./screens/correct.js";
import "./screens/enrol.js";
import "./screens/event_form.js";
import "./screens/fault.js";
import "./screens/just_here.js";
import "./screens/leave.js";
import "./screens/map.js";
import "./screens/messages.js";
import "./screens/places_search.js";
import "./screens/rescue.js";
import "./screens/sign_out.js";
import "./screens/storage.js";
import "./screens/where.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {import("./actions.js").Actions} Actions */

export { keepMore } from "./more.js";

/** What the first screen and the lock need beside their own, once it is here. */
export const PIECES = { askToBeSpared, asks, atPlace, clockStrip, keepWatch, keepWorker, rescueAll, saveFile };

learn({ ...svRest, ...svLock, ...svMap });

/** @type {Record<string, import("./screens.js").Draw>} */
export const REST = {
  mine,
  more,
  child,
  enrol,
  practice,
  install,
  shift,
  closed,
  where,
  event: newEvent,
  map: (state, act) =>
    form(words().map.title, html`<fieldlog-map .state=${state} .here=${act.here} .locate=${act.locate}></fieldlog-map>`),
  storage: (state) => form(words().storage.title, html`<fieldlog-storage .state=${state}></fieldlog-storage>`),
  messages: (state) => form(words().messages.title, html`<fieldlog-messages .state=${state}></fieldlog-messages>`),
  rescue: (state) => form(words().rescue.title, html`<fieldlog-rescue .state=${state}></fieldlog-rescue>`),
  pin: (state) => form(words().lock.change, html`<fieldlog-change-pin .state=${state}></fieldlog-change-pin>`),
  "sign-out": (state) => form(words().signOut.title, html`<fieldlog-sign-out .state=${state}></fieldlog-sign-out>`),
  fault: (state, act) =>
    form(words().conditions.fault, html`<fieldlog-fault-form .state=${state} .save=${act.saveEvent}></fieldlog-fault-form>`),
  leave: (state, act) => (state.running ? leave(state, act) : now(state, act)),
  "just-here": (state, act) =>
    form(words().justHere.title, html`<fieldlog-just-here .state=${state} .save=${act.justHere}></fieldlog-just-here>`),
  "other-place": (state, act) =>
    form(words().otherPlace.title, html`<fieldlog-places-search .state=${state} .here=${act.here}></fieldlog-places-search>`),
  correct: (state, act) => {
    const record = state.records.find((one) => one.rid === state.route.arg);
    if (record?.t !== "visit" && record?.t !== "event") return mine(state, act);
    return record.t === "visit" ? correctVisit(state, act, record) : correctEvent(state, act, record);
  },
};

/** A screen that is one element with its own top and dock. @param {string} title @param {any} body @returns {import("./screens.js").Screen} */
const form = (title, body) => ({ title, body, dock: null });

/** @param {State} state */
function enrol(state) {
  const code = state.route.screen === "enrol" ? state.route.arg : "";
  return form(words().enrol.title, html`<fieldlog-enrol .code=${code} .profile=${state.profile} .cleared=${state.cleared} .unsent=${state.unsent}></fieldlog-enrol>`);
}

/** The storage can't be opened, as on a full disk: nothing is gone, and nothing can be shown. @param {State} state */
function closed(state) {
  const { trouble: say } = words();
  const title = say.closedTitle;
  return {
    title,
    body: html`${top(state, { title })}
      <main class="low form">
        <p class="gutter lead">${say.closedText}</p>
        <p class="gutter">${say.fullDo}</p>
        <p class="gutter"><a class="button danger wide" href="tel:112">${words().more.danger}</a></p>
      </main>`,
    dock: html`<button class="button lit" type="button" @click=${() => location.reload()}>${say.again}</button>`,
  };
}

/** @param {State} state @param {Actions} act */
function where(state, act) {
  return form(words().eventForm.whereTitle, html`<fieldlog-where-form .state=${state} .use=${act.placeNext}></fieldlog-where-form>`);
}

/** @param {State} state @param {Actions} act */
const leave = (state, act) =>
  form(words().leave.title, html`<fieldlog-leave-form .state=${state} .save=${act.done}></fieldlog-leave-form>`);

/** @param {State} state @param {Actions} act */
function newEvent(state, act) {
  const tile = tileOf(state, state.route.arg);
  return form(
    tile[language()],
    html`<fieldlog-event-form
      .state=${state} .tile=${tile} .where=${eventWhere(state)} .name=${address("event", tile.code).slice(1)} .save=${act.saveEvent} .label=${words().eventForm.save}
    ></fieldlog-event-form>`,
  );
}

/** @param {State} state @param {Actions} act @param {any} record */
const correctEvent = (state, act, record) =>
  form(
    words().correct.event,
    html`<fieldlog-event-form
      .state=${state} .tile=${tileOf(state, record.body.category) ?? everyKind(state)} .begin=${record.body}
      .where=${{ place: record.body.place, from: new Date(record.body.from), to: null }}
      .name=${`correct/${record.rid}`} .back=${"mine"} .label=${words().correct.save}
      .code=${record.state === "needs" ? record.code : null} .reason=${whyCorrect(state, record)}
      .save=${(/** @type {any} */ answers, /** @type {any} */ _, /** @type {any} */ form) =>
        act.correct(record, corrected(record.body, answers), form)}
      .hide=${() => act.hide(record)}
    ></fieldlog-event-form>`,
  );

/** @param {State} state @param {Actions} act @param {any} record */
const correctVisit = (state, act, record) =>
  form(
    words().correct.visit,
    html`<fieldlog-correct-visit
      .state=${state} .record=${record}
      .code=${record.state === "needs" ? record.code : null} .reason=${whyCorrect(state, record)}
      .save=${(/** @type {any} */ body, /** @type {any} */ form) => act.correct(record, body, form)} .hide=${() => act.hide(record)}
    ></fieldlog-correct-visit>`,
  );

/** Why its author is asked to look at a record: what the store can't take, or what a supervisor asks. @param {State} state @param {any} record @returns {string|null} */
function whyCorrect(state, record) {
  if (record.state === "needs") return reason(record.code);
  const message = state.sentBack.find((one) => one.rid === record.rid);
  return message ? `${words().sentBack.from(message.from)}: ”${message.text}”` : null;
}

/** All kinds under one heading: for an event whose own tile is no longer used. @param {State} state */
const everyKind = (state) => ({
  sv: "Händelse",
  en: "Event",
  children: (state.tiles ?? []).flatMap((tile) => tile.children),
});
