/** A fact about the world above the list: no coverage, a code that no longer holds, a new version. Never an alarm. */

import { html } from "lit";
import { icon } from "./icon.js";

/** @param {{picture: string, title: string, text: string, buttons: any}} fact */
export const strip = ({ picture, title, text, buttons }) =>
  html`<div class="strip">
    ${icon(picture)}
    <p class="grow"><b>${title}</b><span class="meta">${text}</span></p>
    ${buttons}
  </div>`;
