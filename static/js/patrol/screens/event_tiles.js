/** Event, first step: nine tiles, with danger's number above them and the child's below. */

import { html } from "lit";
import { language, words } from "../../words/index.js";
import { icon } from "../parts/icon.js";
import { soft } from "../parts/soft.js";
import { top } from "../parts/top.js";
import { address } from "../route.js";
import { clock } from "../times.js";
import { eventWhere } from "../where.js";

/** @typedef {import("../model.js").State} State */
/** @typedef {import("../actions.js").Actions} Actions */

/** @param {State} state @param {Actions} act */
export function eventTiles(state, act) {
  const { event: say } = words();
  const where = eventWhere(state);
  return {
    title: say.title,
    body: html`${top(state, { title: say.title, meta: `${state.placeName(where.place)}, ${clock(where.from)}` })}
      <main class="low">
        <div class="row above">
          <a class="button start" href=${address("where")}>${icon("pin")}${say.changePlace}</a>
          <a class="button danger" href="tel:112">${icon("call")}${say.danger}</a>
        </div>
        ${state.tiles ? tiles(state, act) : empty()}
        <a class="button quiet" href=${address("child")}>${say.childShow}</a>
      </main>`,
    dock: null,
  };
}

/** @param {State} state @param {Actions} act */
const tiles = (state, act) =>
  html`<h2 class="ask">${words().event.what}</h2>
    <div class="tiles">${(state.tiles ?? []).map((tile) => (tile.children.length ? kindTile(tile) : calmTile(tile, act)))}</div>`;

/** @param {any} tile */
const kindTile = (tile) =>
  html`<a class="tile" href=${address("event", tile.code)}>${icon(tile.icon, "large")}<span>${soft(tile[language()])}</span></a>`;

/** A tile without kinds says that nothing happened: it ends the visit, or asks how long it was. @param {any} tile @param {Actions} act */
const calmTile = (tile, act) =>
  html`<button class="tile calm" type="button" @click=${act.calm}>
    ${icon(tile.icon, "large")}<span>${words().event.calm}</span>
  </button>`;

const empty = () =>
  html`<div class="empty"><h2>${words().event.noCategories}</h2><p>${words().event.noCategoriesDo}</p></div>`;
