/** Mine: own records with how far each has come; what needs its author is lifted out on top. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { icon } from "../parts/icon.js";
import { receipt } from "../parts/receipt.js";
import { top } from "../parts/top.js";
import { describe, heading, reason } from "../record_words.js";
import { address } from "../route.js";
import { clock, day, moment } from "../times.js";

/** @typedef {import("../model.js").State} State */
/** @typedef {import("../actions.js").Actions} Actions */

/** @param {State} state @param {Actions} act */
export function mine(state, act) {
  const { mine: say } = words();
  const needing = state.records.filter((one) => one.state === "needs" && !one.withdrawn);
  const returned = state.sentBack.flatMap((message) => withRecord(state, message));
  const rest = state.records.filter((one) => !needing.includes(one));
  return {
    title: say.title,
    body: html`${top(state, { title: say.title, meta: summary(state) })}
      <main>
        ${needing.map((record) => needs(state, record))} ${returned.map((one) => sentBack(state, one))}
        ${state.records.length ? byDay(state, act, rest) : empty()}
        ${state.records.length ? legend() : nothing}
      </main>`,
    dock: state.unsent ? sendDock(state, act) : null,
  };
}

/** @param {State} state */
function summary(state) {
  const of = (/** @type {string} */ t) => state.records.filter((one) => one.t === t && !one.withdrawn).length;
  return words().mine.summary(of("visit"), of("event"));
}

/** @param {State} state @param {any} record */
const needs = (state, record) =>
  html`<section class="needs" aria-label=${words().state.needs}>
    <p class="needs-head">${receipt("needs")}<span class="meta">${clock(new Date(record.at))}</span></p>
    <h2>${heading(state, record)}</h2>
    <p>${reason(record.code)} ${words().needs.notLost}</p>
    <div class="row">${remedy(record)}</div>
  </section>`;

/** What its author can do: a new code where the phone is blocked, else correct the record. @param {any} record */
const remedy = (record) =>
  record.code === "revoked"
    ? html`<a class="button lit small" href=${address("enrol")}>${words().paused.button}</a>`
    : html`<a class="button lit small" href=${address("correct", record.rid)}>${words().mine.correct}</a>`;

/** A message with the record it speaks of; none once that has been let go of. @param {State} state @param {any} message */
function withRecord(state, message) {
  const record = state.records.find((one) => one.rid === message.rid);
  return record ? [{ message, record }] : [];
}

/** What a supervisor asks of its author, in the supervisor's own words. @param {State} state @param {{message: any, record: any}} one */
const sentBack = (state, { message, record }) =>
  html`<section class="needs asks" aria-label=${words().sentBack.title}>
    <p class="needs-head">
      <span class="receipt">${icon("warn", "receipt")}${words().sentBack.title}</span>
      <span class="meta">${moment(new Date(message.at), state.now)}</span>
    </p>
    <h2>${heading(state, record)}</h2>
    <p>${words().sentBack.from(message.from)}: ”${message.text}”</p>
    <div class="row"><a class="button lit small" href=${address("correct", record.rid)}>${words().mine.correct}</a></div>
  </section>`;

/** @param {State} state @param {Actions} act @param {any[]} records newest first */
function byDay(state, act, records) {
  /** @type {Map<string, any[]>} */
  const days = new Map();
  for (const record of records) {
    const key = day(startOf(record));
    days.set(key, [...(days.get(key) ?? []), record]);
  }
  return [...days].map(
    ([name, some], index) => html`<div class="section">
        <h2>${name}</h2>
        ${index === 0 ? html`<span class="meta">${contact(state)}</span>` : nothing}
      </div>
      <ul class="rows">${some.map((record) => row(state, act, record))}</ul>`,
  );
}

/** @param {State} state @param {Actions} act @param {any} record */
function row(state, act, record) {
  const when = clock(startOf(record));
  const name = heading(state, record);
  return html`<li class="record ${record.withdrawn ? "withdrawn" : ""}">
    <time>${when}</time>
    <div class="grow">
      <h3>${name}</h3>
      <p class="meta">${describe(state, record)}</p>
      ${receipt(record.state)} ${photos(record)}
    </div>
    ${record.withdrawn ? nothing : mending(act, record, `${name} ${when}`)}
  </li>`;
}

/** A visit or an event is corrected; a word about a fault is only taken back. @param {Actions} act @param {any} record @param {string} which */
function mending(act, record, which) {
  const { mine: say, saved } = words();
  if (record.t === "visit" || record.t === "event") {
    return html`<a class="button quiet" href=${address("correct", record.rid)} aria-label="${say.correct}: ${which}">${say.correct}</a>`;
  }
  return html`<button class="button quiet" type="button" aria-label="${saved.undo}: ${which}" @click=${() => act.hide(record)}>${saved.undo}</button>`;
}

/** A record never waits for its photo, so each says how far it is. @param {any} record */
function photos({ photos: { all, waiting } }) {
  const { photo: say } = words();
  if (!all) return nothing;
  return html`<span class="receipt ${waiting ? "phone" : "centre"}">
    ${icon("camera", "receipt")}${waiting ? say.waiting(waiting) : say.arrived(all)}
  </span>`;
}

/** @param {any} record */
const startOf = (record) => new Date(record.body.started_at ?? record.body.from ?? record.at);

/** @param {State} state */
function contact(state) {
  const { mine: say } = words();
  const last = state.sync.lastContact;
  return last ? say.contact(moment(new Date(last), state.now)) : say.noContact;
}

/** What the four marks mean, in their order. */
function legend() {
  const { state: say, mine: title } = words();
  const rows = /** @type {const} */ ([
    ["phone", say.phoneMeans], ["node", say.nodeMeans], ["centre", say.centreMeans], ["needs", say.needsMeans],
  ]);
  return html`<details class="legend">
    <summary>${title.states}${icon("next")}</summary>
    <ul>${rows.map(([state, means]) => html`<li>${receipt(state)}<p class="meta">${means}</p></li>`)}</ul>
  </details>`;
}

const empty = () => html`<div class="empty"><h2>${words().mine.empty}</h2><p>${words().mine.emptyDo}</p></div>`;

/** @param {State} state @param {Actions} act */
const sendDock = (state, act) =>
  html`<button class="button" type="button" @click=${act.send} aria-disabled=${String(state.sync.sending)}>
    ${state.sync.sending ? words().offline.sending : words().mine.send}
  </button>`;
