/** The shift's end: what was done and whether the centre has it, before one logs out or locks. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { icon } from "../parts/icon.js";
import { receipt } from "../parts/receipt.js";
import { top } from "../parts/top.js";
import { address } from "../route.js";
import { shiftOf } from "../shift.js";
import { clock } from "../times.js";

/** @param {import("../model.js").State} state @param {import("../actions.js").Actions} act @returns {import("../screens.js").Screen} */
export function shift(state, act) {
  const { shift: say } = words();
  const sum = shiftOf(state.records, state.now);
  return {
    title: say.title,
    body: html`${top(state, { title: say.title, meta: sum ? say.between(clock(sum.from), clock(sum.to)) : say.none, back: "more" })}
      <main class="low form">
        ${sum ? html`<p class="gutter lead">${inWords(sum)}</p>
              <p class="gutter">${receipt(sum.waiting ? "phone" : "centre")}</p>` : nothing}
        ${state.unsent > (sum?.waiting ?? 0) ? html`<p class="gutter">${say.unsent(state.unsent)}</p>` : nothing}
        ${state.running ? html`<p class="gutter reason">${words().signOut.running}</p>` : nothing}
        <p class="gutter meta">${say.keeps}</p>
        <div class="gutter"><a class="button wide" href=${address("sign-out")}>${icon("lock")}${words().signOut.title}</a></div>
      </main>`,
    dock: state.unsent
      ? html`<button class="button lit" type="button" @click=${act.send} aria-disabled=${String(state.sync.sending)}>
          ${icon("send")}${state.sync.sending ? words().offline.sending : words().offline.send}
        </button>`
      : null,
  };
}

/** "5 besök, 2 händelser, alla mottagna av centralen". @param {NonNullable<ReturnType<typeof shiftOf>>} sum */
export function inWords({ visits, events, all, waiting }) {
  const { shift: say, mine } = words();
  return `${mine.summary(visits, events)}, ${waiting ? say.waiting(waiting, all) : say.allThere}`;
}
