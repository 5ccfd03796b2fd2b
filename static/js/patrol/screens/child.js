/** Concern for a child: says whom to call and stores nothing. */

import { html } from "lit";
import { words } from "../../words/index.js";
import { icon } from "../parts/icon.js";
import { top } from "../parts/top.js";

/** @param {import("../model.js").State} state */
export function child(state) {
  const { more: say } = words();
  return {
    title: say.child,
    body: html`${top(state, { title: say.child, back: "event" })}
      <main class="low form">
        <p class="gutter lead">${say.childText}</p>
        <p class="gutter"><a class="button danger wide" href="tel:112">${icon("call")}${say.danger}</a></p>
      </main>`,
    dock: null,
  };
}
