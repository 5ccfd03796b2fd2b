/** More: what is sent, where it is kept, language, look, the shift, and what this app is not. */

import { html, nothing } from "lit";
import { APP } from "../../store/app.js";
import { lock, unlocked } from "../../store/ring.js";
import { LANGUAGES, language, words } from "../../words/index.js";
import { unread } from "../asks.js";
import { facts } from "../parts/facts.js";
import { icon } from "../parts/icon.js";
import { options } from "../parts/options.js";
import { top } from "../parts/top.js";
import { address } from "../route.js";
import { moment } from "../times.js";

/** @typedef {import("../model.js").State} State */
/** @typedef {import("../actions.js").Actions} Actions */

const CREWS = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];

/** @param {State} state @param {Actions} act */
export function more(state, act) {
  const { more: say } = words();
  const news = unread(state).length;
  return {
    title: say.title,
    body: html`${top(state, { title: say.title, meta: state.profile?.name })}
      <main class="form">
        ${sending(state, act)} ${shift(state, act)} ${position(state, act)} ${speech(act)} ${look(state, act)} ${limits()}
        <div class="gutter stack">
          <a class="button wide" href=${address("shift")}>${icon("clock")}${words().shift.title}</a>
          <a class="button wide" href=${address("messages")}>${icon("note")}${words().messages.title}${news ? ` · ${words().messages.news(news)}` : ""}</a>
          ${state.online ? readers() : nothing}
          <a class="button wide" href=${address("install")}>${icon("box")}${words().install.title}</a>
          <a class="button wide" href=${address("practice")}>${icon("cone")}${words().practice.title}</a>
          ${unlocked() ? locking() : nothing}
          <a class="button wide" href=${address("sign-out")}>${icon("people")}${words().signOut.title} · ${words().signOut.other}</a>
          <a class="button wide" href=${address("enrol")}>${say.enrolAgain}</a>
        </div>
        <p class="meta gutter">fieldlog ${APP}</p>
      </main>`,
    dock: null,
  };
}

/** @param {State} state @param {Actions} act */
function sending(state, act) {
  const { more: say, offline, storage } = words();
  const { lastContact } = state.sync;
  return html`<section aria-labelledby="sending">
    <div class="section"><h2 id="sending">${say.sending}</h2></div>
    ${facts([
      [say.unsent, state.unsent],
      [say.lastContact, lastContact ? moment(new Date(lastContact), state.now) : say.never],
      ...(state.storage ? [keptSafe(state.storage.persisted)] : []),
    ])}
    <div class="gutter stack">
      <button class="button wide" type="button" @click=${act.send} aria-disabled=${String(state.sync.sending)}>
        ${icon("send")}${state.sync.sending ? offline.sending : offline.send}
      </button>
      <a class="button wide" href=${address("storage")}>${icon("box")}${storage.open}</a>
    </div>
  </section>`;
}

/** @param {boolean} persisted @returns {[string, any]} */
const keptSafe = (persisted) => [words().more.safety, persisted ? words().more.safe : words().more.notSafe];

/** @param {State} state @param {Actions} act */
const shift = (state, act) => html`
  ${options({
    name: "mode", legend: words().more.mode, choices: labelled(words().more.modes), columns: "two",
    chosen: state.preferences.mode, pick: (mode) => act.prefer({ mode }),
  })}
  ${options({
    name: "crew", legend: words().more.crew, choices: CREWS.map((value) => ({ value, label: value })), columns: "five",
    chosen: String(state.preferences.crew), pick: (crew) => act.prefer({ crew: Number(crew) }),
  })}
`;

/** @param {State} state @param {Actions} act */
const position = (state, act) => html`
  ${options({
    name: "position", legend: words().more.position, choices: labelled(words().more.positions), columns: "two",
    chosen: state.preferences.position,
    pick: (value) => (value === "on" ? void act.locate() : act.prefer({ position: "off" })),
  })}
  <p class="meta gutter">${words().more.positionText}</p>
`;

/** @param {Actions} act */
const speech = (act) =>
  options({
    name: "language", legend: "Språk · Language",
    choices: Object.entries(LANGUAGES).map(([value, name]) => ({ value, label: html`<span lang=${value}>${name}</span>` })),
    columns: "two", chosen: language(), pick: (code) => act.prefer({ language: /** @type {"sv"} */ (code) }),
  });

/** @param {State} state @param {Actions} act */
const look = (state, act) =>
  options({
    name: "look", legend: words().more.look, choices: labelled(words().more.looks), columns: "three",
    chosen: state.preferences.look, pick: (value) => act.prefer({ look: /** @type {"auto"} */ (value) }),
  });

/** A page of the server's, after signing in there; beside the app, which stays unlocked. */
const readers = () => html`
  <a class="button wide" href="/accesses" target="_blank" rel="noopener">${icon("people")}${words().more.readers}</a>
`;

const locking = () => html`
  <button class="button wide" type="button" @click=${() => lock()}>${icon("lock")}${words().lock.lockNow}</button>
  <a class="button wide" href=${address("pin")}>${words().lock.change}</a>
`;

/** What this app is not: no police report, no alarm. */
const limits = () => html`
  <section class="gutter limits" aria-labelledby="limits">
    <h2 id="limits">${words().more.notPolice}</h2>
    <p>${words().more.notPoliceText}</p>
    <div class="row">
      <a class="button danger" href="tel:112">${icon("call")}${words().more.danger}</a>
      <a class="button" href=${address("child")}>${words().more.child}</a>
    </div>
  </section>
`;

/** @param {Record<string, string>} labels */
const labelled = (labels) => Object.entries(labels).map(([value, label]) => ({ value, label }));
