/** Which screen shows. Knows the first two by name; the others come in one later piece, so that the first opens fast. */

import { html } from "lit";
import { words } from "../words/index.js";
import { tileOf } from "./categories.js";
import { strip } from "./parts/strip.js";
import { top } from "./parts/top.js";
import { eventTiles } from "./screens/event_tiles.js";
import { now } from "./screens/now.js";

/** @typedef {import("./model.js").State} State */
/** @typedef {import("./actions.js").Actions} Actions */
/** @typedef {{title: string, body: any, dock: any}} Screen */
/** @typedef {(state: State, act: Actions) => Screen} Draw */

/** The screen for where one stands; a locked phone first asks for its PIN, and whoever is not enrolled for a code. @param {State} state @param {Actions} act @returns {Screen} */
export function screen(state, act) {
  if (state.lock && state.lock !== "enrol" && state.lockScreen) return state.lockScreen(state);
  const isOpen = (state.profile && !state.lock) || state.route.screen === "install";
  const name = state.closed ? "closed" : isOpen ? state.route.screen : "enrol";
  const isTiles = name === "event" && !tileOf(state, state.route.arg);
  const draw = name === "now" ? now : isTiles ? eventTiles : state.rest?.[name];
  return draw ? draw(state, act) : notHere(state);
}

/**
 * Fetches the other screens, once; the worker keeps them, so that no network is needed for it later.
 *
 * @param {State} state
 */
export async function fetchRest(state) {
  if (state.rest) return;
  try {
    const { REST, PIECES, keepMore } = await import("./rest.js");
    state.set({ rest: REST, pieces: PIECES, restFailed: false });
    if (!state.closed) keepMore(state);
  } catch (error) {
    // The first visit broke off half-way: the first screen works, and the next try may bring the others.
    state.set({ restFailed: true });
    reportError(error);
  }
}

/** Only when the first visit was cut off before all of the app had come. @param {State} state @returns {Screen} */
function notHere(state) {
  const { rest: say } = words();
  const again = html`<button class="button" type="button" @click=${() => void fetchRest(state)}>${say.again}</button>`;
  return {
    title: say.title,
    body: html`${top(state, { title: say.title, back: "now" })}
      <main>${strip({ picture: "offline", title: say.title, text: say.text, buttons: again })}</main>`,
    dock: null,
  };
}
