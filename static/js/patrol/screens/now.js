/** Now: what runs, the places in their order, and the one lit button. */

import { html, nothing } from "lit";
import { language, words } from "../../words/index.js";
import { tileOf } from "../categories.js";
import { sortingFix } from "../fix.js";
import { icon } from "../parts/icon.js";
import { litPanel, unlitPanel } from "../parts/panel.js";
import { placeRow } from "../parts/place_row.js";
import { strip } from "../parts/strip.js";
import { top } from "../parts/top.js";
import { inWords } from "../places.js";
import { address } from "../route.js";
import { age, clock, day, minutesBetween, moment } from "../times.js";

/** @typedef {import("../model.js").State} State */
/** @typedef {import("../actions.js").Actions} Actions */

/** @param {State} state @param {Actions} act */
export function now(state, act) {
  const rows = state.today;
  const first = state.running ? undefined : rows[0];
  return {
    title: words().tabs.now,
    body: html`${top(state, { title: words().tabs.now, meta: day(state.now) })}
      <main>
        ${state.running ? litPanel(state, state.row(state.running.body.place)) : nothing}
        ${facts(state, act)} ${state.pieces?.clockStrip(state)} ${draftStrip(state)} ${focusStrip(state)} ${state.pieces?.asks(state, act)}
        ${state.running ? state.pieces?.atPlace(state, act) : nothing} ${first ? unlitPanel(state, first, why(state, first)) : nothing}
        ${list(state, act, first ? rows.slice(1) : rows)}
      </main>`,
    dock: state.running ? runningDock(state, act) : idleDock(act, first),
  };
}

/** @param {State} state @param {Actions} act */
function facts(state, act) {
  if (state.sync.paused) {
    const { paused } = words();
    const button = html`<a class="button" href=${address("enrol")}>${paused.button}</a>`;
    return strip({ picture: "lock", title: paused.title, text: paused.text, buttons: button });
  }
  if (state.online) return nothing;
  const { offline } = words();
  const { fetchedAt, now: at } = state;
  const old = fetchedAt && minutesBetween(fetchedAt, at) > 0;
  const text = old ? offline.listAge(age(fetchedAt, at)) : offline.kept;
  const button = html`<button class="button" type="button" @click=${act.send}>${offline.send}</button>`;
  return strip({ picture: "offline", title: offline.title, text, buttons: button });
}

/** The form that was begun last and not saved. @param {State} state */
function draftStrip(state) {
  const [latest] = state.drafts;
  if (!latest) return nothing;
  const { draft: say } = words();
  const button = html`<a class="button" href="#${latest.name}">${say.goOn}</a>`;
  return strip({ picture: "note", title: draftTitle(state, latest.name) ?? say.waits, text: say.since(moment(new Date(latest.at), state.now)), buttons: button });
}

/** "Platsen", for a draft of an event. @param {State} state @param {string} name */
const draftTitle = (state, name) => tileOf(state, name.replace("event/", ""))?.[language()];

/** What the weekly meeting decided, in its words. @param {State} state */
function focusStrip(state) {
  const { focus } = state.decided;
  return focus ? strip({ picture: "lamp", title: words().now.focus, text: focus, buttons: nothing }) : nothing;
}

/** Why this place stands first. @param {State} state @param {import("../places.js").Row} row */
function why(state, row) {
  const { now: say } = words();
  if (row.chosen) return say.focus;
  if (row.distance != null) return say.nearest(inWords(row.distance, language()));
  return state.records.some((one) => one.body.place === row.code) ? say.recent : say.first;
}

/** @param {State} state @param {Actions} act @param {import("../places.js").Row[]} rows */
function list(state, act, rows) {
  const { now: say } = words();
  if (!state.places) {
    return html`<div class="empty"><h2>${say.noPlaces}</h2><p>${say.noPlacesDo}</p></div>`;
  }
  return html`<div class="section"><h2>${say.places}</h2>${order(state, act)}</div>
    <ul class="rows">${rows.map((row) => placeRow(state, row, () => act.here(row.code)))}</ul>`;
}

/** How the list is ordered, or the way to order it by position. @param {State} state @param {Actions} act */
function order(state, act) {
  const { now: say } = words();
  if (sortingFix(state.fix, state.now)) return html`<span class="meta">${say.nearestFirst}</span>`;
  if (state.fixState === "asking") return html`<span class="meta" role="status">${say.locating}</span>`;
  if (state.preferences.position === "off") {
    const text = state.fetchedAt ? say.asOf(clock(state.fetchedAt)) : "";
    return html`<span class="meta">${text}</span>`;
  }
  return html`<button class="button quiet" type="button" @click=${act.locate}>${icon("pin")}${say.sortByPosition}</button>`;
}

/** @param {State} state @param {Actions} act */
function runningDock(state, act) {
  const { now: say, tabs } = words();
  return html`<div class="row">
      <a class="button" href=${address("event")}>${icon("flag")}${tabs.event}</a>
      <a class="button" href=${address("leave")}>${say.doneMore}</a>
    </div>
    <button class="button lit" type="button" @click=${act.calm}>
      ${icon("check")}${state.eventsInVisit ? say.done : say.doneCalm}
    </button>`;
}

/** @param {Actions} act @param {import("../places.js").Row|undefined} first */
function idleDock(act, first) {
  const { now: say } = words();
  if (!first) return null;
  return html`<div class="row">
      <a class="button" href=${address("just-here")}>${say.justHere}</a>
      <a class="button" href=${address("other-place")}>${say.otherPlace}</a>
    </div>
    <button class="button lit" type="button" @click=${() => act.here(first.code)}>
      ${icon("lamp")}${say.hereAt(first.name)}
    </button>`;
}
