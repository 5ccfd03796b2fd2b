/** One icon from the sprite, drawn in the text's colour and silent to screen readers: a word stands beside it. */

import { html } from "lit";

const SPRITE = "/static/icons/sprite.svg";

/** @param {string} name a symbol of sprite.svg @param {string} [kind] "large", "receipt" or "mark" */
export const icon = (name, kind = "") =>
  html`<svg class="icon ${kind}" aria-hidden="true"><use href="${SPRITE}#${name}"></use></svg>`;
