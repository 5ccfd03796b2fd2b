/** How the app is put on the home screen, per kind of phone, and why it matters. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { icon } from "../parts/icon.js";
import { top } from "../parts/top.js";
import { isInstalled, platform } from "../platform.js";

/** @param {import("../model.js").State} state @returns {import("../screens.js").Screen} */
export function install(state) {
  const { install: say } = words();
  const steps = say.steps[platform()];
  const { offer } = state;
  return {
    title: say.title,
    body: html`${top(state, { title: say.title, back: state.profile ? "more" : "enrol" })}
      <main class="low form" tabindex="0">
        <p class="gutter lead">${isInstalled() ? say.done : say.why}</p>
        ${isInstalled() ? nothing : html`<ol class="gutter steps">${steps.map((step) => html`<li>${step}</li>`)}</ol>`}
        ${platform() === "ios" && !isInstalled() ? html`<p class="gutter reason">${say.wiped}</p>` : nothing}
      </main>`,
    dock: offer ? html`<button class="button lit" type="button" @click=${() => void accept(state)}>${icon("box")}${say.go}</button>` : null,
  };
}

/** The browser asks by itself what it must; either way its offer is used up. @param {import("../model.js").State} state */
async function accept(state) {
  const { offer } = state;
  state.set({ offer: null });
  await offer?.prompt();
}
