/** The lit button of a form. When something stops the save it is dashed, says when it opens, and leads to what is missing. */

import { html, nothing } from "lit";
import { icon } from "./icon.js";

/** @typedef {{say: string, at: string}} Brake  why not yet; at: a selector of what is to be done first */

/** @param {{label: string, brake: Brake|null, save: () => void, foot?: any}} what */
export const saveDock = ({ label, brake, save, foot = nothing }) =>
  html`<button
      class="button ${brake ? "locked" : "lit"}"
      type="button"
      aria-disabled=${brake ? "true" : "false"}
      aria-describedby=${brake ? "brake" : nothing}
      @click=${brake ? () => lead(brake.at) : save}
    >
      ${icon(brake ? "lock" : "check")}${label}
    </button>
    ${brake ? html`<p class="meta foot" id="brake">${brake.say}</p>` : foot}`;

/** @param {string} at */
const lead = (at) => /** @type {HTMLElement|null} */ (document.querySelector(at))?.focus();
