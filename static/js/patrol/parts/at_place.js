/** While a visit runs: what was wrong here before, "still so" and "fixed" with one tap each, and the way to tell a new fault. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { categoryName } from "../categories.js";
import { openAt } from "../conditions.js";
import { address } from "../route.js";
import { moment } from "../times.js";
import { icon } from "./icon.js";

/** @typedef {import("../model.js").State} State */
/** @typedef {import("../actions.js").Actions} Actions */

/** @param {State} state with a running visit @param {Actions} act */
export function atPlace(state, act) {
  const { conditions: say } = words();
  const { place, started_at: since } = state.running.body;
  const open = openAt(place, { told: state.conditions ?? [], records: state.records, tiles: state.tiles ?? [] });
  return html`<section aria-labelledby="at-place">
    <div class="section">
      <h2 id="at-place">${say.title}</h2>
      <a class="button quiet" href=${address("fault")}>${icon("lamp-broken")}${say.fault}</a>
    </div>
    ${open.length ? html`<ul class="rows">${open.map((one) => row(state, act, one, since))}</ul>` : nothing}
    ${open.length || !place ? nothing : html`<p class="meta gutter">${state.conditions ? say.none : say.notFetched}</p>`}
  </section>`;
}

/** @param {State} state @param {Actions} act @param {import("../conditions.js").Condition} one @param {string} since when the visit began */
function row(state, act, one, since) {
  const { conditions: say } = words();
  const what = categoryName(state, one.category);
  const isSaid = one.seen && Date.parse(one.seen) >= Date.parse(since);
  const tell = (/** @type {string} */ t, /** @type {string} */ said) => () => act.record(t, { ref: one.rid }, said);
  return html`<li class="record condition">
    <div class="grow">
      <h3>${what}</h3>
      <p class="meta">${say.since(moment(new Date(one.since), state.now))}${one.seen ? ` · ${say.seen(moment(new Date(one.seen), state.now))}` : nothing}</p>
    </div>
    <div class="row">
      ${isSaid
        ? nothing
        : html`<button class="button" type="button" aria-label="${say.still}: ${what}" @click=${tell("confirm", say.saidStill(what))}>${say.still}</button>`}
      <button class="button" type="button" aria-label="${say.fixed}: ${what}" @click=${tell("resolve", say.saidFixed(what))}>${icon("check")}${say.fixed}</button>
    </div>
  </li>`;
}
