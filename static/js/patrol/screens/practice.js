/** Drills: what one may try, what happens then, and that none of it is kept. */

import { html } from "lit";
import { words } from "../../words/index.js";
import { KEY, KINDS, trueNow } from "../drill.js";
import { handOver } from "../handover.js";
import { icon } from "../parts/icon.js";
import { top } from "../parts/top.js";

const LENGTH_MS = 15 * 60_000;

/** @param {import("../model.js").State} state */
export function practice(state) {
  const { practice: say } = words();
  return {
    title: say.title,
    body: html`${top(state, { title: say.title, back: "more" })}
      <main class="form">
        <p class="gutter">${say.text}</p>
        <p class="gutter meta">${say.ends}</p>
        ${state.drill ? html`<p class="gutter lead">${say.running}</p>` : choices()}
        <p class="gutter meta">${say.sending}</p>
        <section class="gutter limits">
          <p>${say.danger}</p>
          <a class="button danger wide" href="tel:112">${icon("call")}${words().more.danger}</a>
        </section>
      </main>`,
    dock: null,
  };
}

const choices = () => {
  const { practice: say, drill } = words();
  return html`<ul class="rows">
    ${KINDS.map(
      (kind) => html`<li class="record">
        <div class="grow">
          <h2 class="name">${drill.kinds[kind]}</h2>
          <p class="meta">${say.tries[kind]}</p>
        </div>
        <button class="button" type="button" @click=${() => begin(kind)} aria-label=${say.start(drill.kinds[kind])}>${say.title}</button>
      </li>`,
    )}
  </ul>`;
};

/** Starts the app again inside the drill. @param {import("../drill.js").Kind} kind */
function begin(kind) {
  handOver();
  sessionStorage.setItem(KEY, JSON.stringify({ kind, until: trueNow() + LENGTH_MS }));
  location.replace("/app/");
}
