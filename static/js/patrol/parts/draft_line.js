/** Says that what stands in the form was written before, and lets it be thrown away. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { moment } from "../times.js";
import { icon } from "./icon.js";

/** @param {import("../draft.js").Draft} draft @param {Date} now @param {() => void} anew */
export const draftLine = (draft, now, anew) =>
  draft.since
    ? html`<div class="strip draft">
        ${icon("note")}
        <p class="grow">${words().draft.since(moment(draft.since, now))}</p>
        <button class="button" type="button" @click=${anew}>${words().draft.anew}</button>
      </div>`
    : nothing;
