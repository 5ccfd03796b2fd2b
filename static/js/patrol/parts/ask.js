/** One question or fact above the list, with its answers under it. Never blocks what is below. */

import { html, nothing } from "lit";
import { icon } from "./icon.js";

/** @param {{picture: string, title: string, text: any, answers?: any}} what */
export const ask = ({ picture, title, text, answers }) =>
  html`<section class="strip asks" role="status" aria-label=${title}>
    ${icon(picture)}
    <p class="grow"><b>${title}</b><span class="meta">${text}</span></p>
    ${answers ? html`<div class="row">${answers}</div>` : nothing}
  </section>`;
