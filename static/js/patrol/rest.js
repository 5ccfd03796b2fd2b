/** Every screen but the first two, with their words: one piece that is fetched when the first screen stands. */

import { html } from "lit";
import { language, learn, words } from "../words/index.js";
import { svRest } from "../words/sv_rest.js";
import { corrected } from "./bodies.js";
import { tileOf } from "./categories.js";
import { go } from "./route.js";
import { child } from "./screens/child.js";
import { mine } from "./screens/mine.js";
import { more } from "./screens/more.js";
import { now } from "./screens/now.js";
import { eventWhere } from "./where.js";
import "./screens/correct.js";
import "./screens/enrol.js";
import "./screens/event_form.js";
import "./screens/just_here.js";
import "./screens/leave.js";
import "./screens/places_search.js";
import "./screens/where.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {import("./actions.js").Actions} Actions */

learn(svRest);

/** @type {Record<string, import("./screens.js").Draw>} */
export const REST = {
  mine,
  more,
  child,
  enrol,
  where,
  event: newEvent,
  leave: (state, act) => (state.running ? leave(state, act) : now(state, act)),
  "just-here": (state, act) =>
    form(words().justHere.title, html`<fieldlog-just-here .state=${state} .save=${act.justHere}></fieldlog-just-here>`),
  "other-place": (state, act) =>
    form(words().otherPlace.title, html`<fieldlog-places-search .state=${state} .here=${act.here}></fieldlog-places-search>`),
  correct: (state, act) => {
    const record = state.records.find((one) => one.rid === state.route.arg);
    if (!record) return mine(state, act);
    return record.t === "visit" ? correctVisit(state, act, record) : correctEvent(state, act, record);
  },
};

/** A screen that is one element with its own top and dock. @param {string} title @param {any} body @returns {import("./screens.js").Screen} */
const form = (title, body) => ({ title, body, dock: null });

/** @param {State} state */
function enrol(state) {
  const code = state.route.screen === "enrol" ? state.route.arg : "";
  return form(words().enrol.title, html`<fieldlog-enrol .code=${code} .profile=${state.profile}></fieldlog-enrol>`);
}

/** @param {State} state */
function where(state) {
  const use = (/** @type {import("./model.js").Where} */ chosen) => {
    state.set({ where: chosen });
    go("event");
  };
  return form(words().event.whereTitle, html`<fieldlog-where-form .state=${state} .use=${use}></fieldlog-where-form>`);
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
      .state=${state} .tile=${tile} .where=${eventWhere(state)} .save=${act.saveEvent} .label=${words().event.save}
    ></fieldlog-event-form>`,
  );
}

/** @param {State} state @param {Actions} act @param {any} record */
const correctEvent = (state, act, record) =>
  form(
    words().correct.title,
    html`<fieldlog-event-form
      .state=${state} .tile=${tileOf(state, record.body.category) ?? everyKind(state)} .begin=${record.body}
      .where=${{ place: record.body.place, from: new Date(record.body.from), to: null }}
      .back=${"mine"} .label=${words().correct.save}
      .save=${(/** @type {any} */ answers) => act.correct(record, corrected(record.body, answers))}
      .hide=${() => act.hide(record)}
    ></fieldlog-event-form>`,
  );

/** @param {State} state @param {Actions} act @param {any} record */
const correctVisit = (state, act, record) =>
  form(
    words().correct.title,
    html`<fieldlog-correct-visit
      .state=${state} .record=${record}
      .save=${(/** @type {any} */ body) => act.correct(record, body)} .hide=${() => act.hide(record)}
    ></fieldlog-correct-visit>`,
  );

/** All kinds under one heading: for an event whose own tile is no longer used. @param {State} state */
const everyKind = (state) => ({
  sv: "Händelse",
  en: "Event",
  children: (state.tiles ?? []).flatMap((tile) => tile.children),
});
