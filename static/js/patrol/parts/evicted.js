/** Said aloud when the phone was cleared: never a silent fresh start. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { receipt } from "./receipt.js";

/** The first entry of a log says only that it was opened. @param {import("../../store/evicted.js").Evicted|null} gone */
export function clearedPanel(gone) {
  if (!gone) return nothing;
  const { evicted: say } = words();
  return html`<section class="needs" role="alert">
    <p class="needs-head">${receipt("needs")}</p>
    <h2>${say.title}</h2>
    <p>${say.text} ${gone.lastLog ? say.last(Math.max(0, gone.lastLog.seq - 1)) : say.none} ${say.todo}</p>
  </section>`;
}
