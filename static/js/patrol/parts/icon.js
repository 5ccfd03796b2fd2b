/** One icon of the shell's, drawn in the text's colour and silent to screen readers: a word stands beside it. */

import { html } from "lit";

/** @param {string} name a symbol of sprite.svg, which stands in the shell @param {string} [kind] "large", "receipt" or "mark" */
export const icon = (name, kind = "") =>
  html`<svg class="icon ${kind}" aria-hidden="true"><use href="#icon-${name}"></use></svg>`;
