/** What just happened, for ten seconds, with one tap back. The room is always there, so screen readers hear it. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";

/** @typedef {{text: string, undo: (() => void)|null}} Snack */

/** @param {Snack|null} snack */
export const snackbar = (snack) =>
  html`<div class="snack-room" role="status">
    ${snack
      ? html`<div class="snack">
          <span class="grow">${snack.text}</span>
          ${snack.undo
            ? html`<button class="button" type="button" @click=${snack.undo}>${words().saved.undo}</button>`
            : nothing}
        </div>`
      : nothing}
  </div>`;
