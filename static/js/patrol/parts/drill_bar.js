/** Says on every screen that this is a drill, for how long, and how to get out. */

import { html } from "lit";
import { words } from "../../words/index.js";
import { end, minutesLeft } from "../drill.js";

/** @param {import("../drill.js").Drill} drill */
export const drillBar = (drill) => {
  const { drill: say } = words();
  return html`<section class="drill" aria-label=${say.on}>
    <p class="grow"><b>${say.on}</b> <span>${say.left(say.kinds[drill.kind], minutesLeft(drill))}</span></p>
    <button class="button" type="button" @click=${end}>${say.end}</button>
  </section>`;
};
