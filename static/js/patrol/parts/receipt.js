/** How far a record has come, as a silhouette and words: phone, hexagon, disc, diamond. */

import { html } from "lit";
import { words } from "../../words/index.js";
import { icon } from "./icon.js";

const SHAPES = { phone: "phone", node: "node", centre: "centre", needs: "need" };

/** @param {"phone"|"node"|"centre"|"needs"} state */
export const receipt = (state) =>
  html`<span class="receipt ${SHAPES[state]}">${icon(`receipt-${SHAPES[state]}`, "receipt")}${words().state[state]}</span>`;
