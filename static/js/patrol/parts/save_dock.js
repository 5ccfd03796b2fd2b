/** The lit button of a form. When something stops the save it is dashed, says when it opens, and can still be reached. */

import { html, nothing } from "lit";
import { icon } from "./icon.js";

/** @param {{label: string, brake: string|null, save: () => void, foot?: any}} what  brake: why not yet, or null */
export const saveDock = ({ label, brake, save, foot = nothing }) =>
  html`<button
      class="button ${brake ? "locked" : "lit"}"
      type="button"
      aria-disabled=${brake ? "true" : "false"}
      aria-describedby=${brake ? "brake" : nothing}
      @click=${() => brake || save()}
    >
      ${icon(brake ? "lock" : "check")}${label}
    </button>
    ${brake ? html`<p class="meta foot" id="brake">${brake}</p>` : foot}`;
