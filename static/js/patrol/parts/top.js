/** The top of every screen: where am I, and how much is not yet at the centre. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { address } from "../route.js";
import { icon } from "./icon.js";

/** @typedef {import("../model.js").State} State */

/**
 * @param {State} state
 * @param {{title: string, meta?: string, back?: string}} what  `back` names the screen to go back to: a form's top
 */
export function top(state, { title, meta, back }) {
  return html`<header class="top">
    ${back
      ? html`<a class="back" href=${address(back)} aria-label=${words().top.back}>${icon("back")}</a>`
      : icon("mark", "mark")}
    <div class="grow">
      <h1 tabindex="-1">${title}</h1>
      ${meta ? html`<p class="meta">${meta}</p>` : nothing}
    </div>
    ${state.profile ? chip(state.unsent, Boolean(back)) : nothing}
  </header>`;
}

/** The number not yet at the centre, always in sight; leads to Mine. @param {number} unsent @param {boolean} compact */
function chip(unsent, compact) {
  const { top: say } = words();
  const spoken = `${unsent ? say.waiting(unsent) : say.allThere}, ${say.goesToMine}`;
  const [first, second] = unsent ? say.waitingWords : say.allThereWords;
  return html`<a class="chip ${unsent ? "waiting" : ""}" href=${address("mine")} aria-label=${spoken}>
    <span class="receipt ${unsent ? "phone" : "centre"}">
      ${icon(unsent ? "receipt-phone" : "receipt-centre", "receipt")}
    </span>
    ${unsent ? html`<b>${unsent}</b>` : nothing}
    ${compact ? nothing : html`<span>${first}<br />${second}</span>`}
  </a>`;
}
