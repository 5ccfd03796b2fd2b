/** The phone's app: one element that shows the screen the address names, from the state as it stands. */

import { html, nothing } from "lit";
import { start } from "../sync/start.js";
import { language, onLanguage, speak, words } from "../words/index.js";
import { actions } from "./actions.js";
import { endInTime } from "./drill.js";
import { passGate } from "./gate.js";
import { State, keepCurrent, keepTime } from "./model.js";
import { Part } from "./part.js";
import { drillBar } from "./parts/drill_bar.js";
import { nav, runningBar } from "./parts/nav.js";
import { snackbar } from "./parts/snackbar.js";
import { strip } from "./parts/strip.js";
import { FORMS, parse } from "./route.js";
import { fetchRest, screen } from "./screens.js";
import { wear } from "./theme.js";

/** Where the last tap can be undone: not over tiles or a form, where something else is pressed. */
const WITH_SNACK = new Set(["now", "map", "mine", "more"]);

const state = new State();
const act = actions(state);

class App extends Part {
  connectedCallback() {
    super.connectedCallback();
    state.onChange(() => this.requestUpdate());
    onLanguage(() => this.requestUpdate());
  }

  render() {
    if (!stands(state)) return nothing;
    const { title, body, dock } = screen(state, act);
    name(`${state.drill ? `${words().drill.on} · ` : ""}${title} · fieldlog`);
    const tabs = state.profile && !state.lock && !isForm(state);
    return html`${state.drill ? drillBar(state.drill) : nothing}${this.#newVersion()}${body}
      ${state.trouble?.by === state.door && state.rest && !state.lock ? html`<fieldlog-trouble .state=${state}></fieldlog-trouble>` : nothing}
      ${snackbar(shown(state))} ${dock ? html`<footer class="dock">${dock}</footer>` : nothing}
      ${tabs && state.route.screen !== "now" ? runningBar(state) : nothing} ${tabs ? nav(state.route.screen) : nothing}`;
  }

  /** When the first screen stood, for whoever measures it. */
  updated() {
    const stood = "fieldlog:first-screen";
    if (stands(state) && !performance.getEntriesByName(stood).length) performance.mark(stood);
  }

  /** Asked only while no form is open; later means at the next start. */
  #newVersion() {
    if (!state.update || isForm(state)) return nothing;
    const { update: say } = words();
    const yes = async () => state.set({ updateBusy: !(await state.update?.()) });
    const buttons = html`<button class="button" type="button" @click=${yes}>${say.yes}</button>
      <button class="button quiet" type="button" @click=${() => state.set({ update: null })}>${say.later}</button>`;
    return strip({ picture: "lamp", title: say.title, text: state.updateBusy ? say.busy : say.text, buttons });
  }
}

customElements.define("fieldlog-app", App);

/** Only what differs is written: each write has the browser look the page over. @param {string} title */
function name(title) {
  if (document.title !== title) document.title = title;
  if (document.documentElement.lang !== language()) document.documentElement.lang = language();
}

/** @param {State} where */
function isForm({ route }) {
  return FORMS.has(route.screen) && !(route.screen === "event" && !route.arg);
}

/** Whether the screen asked for is here: until then nothing is drawn that would be gone a moment later. @param {State} where */
function stands({ ready, lock, lockScreen, profile, closed, route, rest, restFailed }) {
  if (lock && lock !== "enrol") return Boolean(lockScreen);
  return (ready || Boolean(lock)) && (Boolean(rest) || restFailed || Boolean(profile && !closed && route.screen === "now"));
}

/** A refusal is shown wherever one is; what can be undone, only where it hides nothing. @param {State} where */
function shown({ snack, route }) {
  return snack?.undo && !WITH_SNACK.has(route.screen) ? null : snack;
}

/** Speak and look as preferred; the first thing done, so that nothing flashes. */
function applyPreferences() {
  const spoken = speak(state.preferences.language);
  wear(state.preferences.look, state.now);
  return spoken;
}

/** Another screen: its heading takes the focus, so that a screen reader says where one is. */
async function follow() {
  if (parse(location.hash).screen !== "now") await fetchRest(state);
  state.set({ route: parse(location.hash) });
  const app = /** @type {App|null} */ (document.querySelector("fieldlog-app"));
  await app?.updateComplete;
  app?.querySelector("h1")?.focus();
}

await applyPreferences();
state.onChange(() => void applyPreferences());
addEventListener("hashchange", () => void follow());
keepTime(state);
const practised = state.drill ? await practise(state.drill) : {};
void open();

/** First what is kept, shown, once it is unlocked; then the sender and the other screens, which the first one does not wait for. */
async function open() {
  try {
    if (!state.drill) await passGate(state);
    await keepCurrent(state);
  } catch (error) {
    state.set({ ready: true, closed: true });
    reportError(error);
  }
  await new Promise((drawn) => setTimeout(drawn));
  const sending = start({ onState: (sync) => state.set({ sync }), ...practised }).catch(reportError);
  await Promise.all([sending, fetchRest(state)]);
  state.pieces?.keepWatch(state, act);
  state.pieces?.keepWorker((update) => state.set({ update }), () => isForm(state)).catch(reportError);
}

/** The store and the sender work in the drill's world from here on. @param {import("./drill.js").Drill} drill */
async function practise(drill) {
  const { enter } = await import("./drill/world.js");
  const how = await enter(drill.kind);
  endInTime(drill);
  return how;
}

addEventListener("beforeinstallprompt", (offer) => state.set({ offer }));

/** Whether there is a network, as the phone says; in a drill, as the drill has it. */
function followNetwork() {
  state.set({ online: navigator.onLine && state.drill?.kind !== "silent" });
}
for (const name of ["online", "offline"]) addEventListener(name, followNetwork);
followNetwork();

/** Where one is, for the order of the list: at the start and on coming back, if that is wanted. */
function orderByPosition() {
  if (document.visibilityState === "visible" && state.preferences.position === "on") void act.locate();
}
document.addEventListener("visibilitychange", orderByPosition);
orderByPosition();
