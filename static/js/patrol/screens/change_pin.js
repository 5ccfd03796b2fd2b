/** Another PIN, or the screen lock, in place of the one so far. */

import { html, nothing } from "lit";
import { passkeySecret } from "../../crypto/passkey.js";
import { change, doors, Wrong } from "../../store/keys.js";
import { NotYet, waiting } from "../../store/pace.js";
import { unlocked } from "../../store/ring.js";
import { words } from "../../words/index.js";
import { Part, given } from "../part.js";
import { icon } from "../parts/icon.js";
import { top } from "../parts/top.js";
import { goInstead } from "../route.js";
import "../parts/choose_pin.js";

export class ChangePin extends Part {
  static properties = { state: { attribute: false }, door: { state: true }, old: { state: true }, busy: { state: true }, said: { state: true } };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {import("../../store/keys.js").Door|undefined} */ this.door = undefined;
    /** @type {string|Uint8Array|null} */ this.old = null;
    this.busy = false;
    /** @type {string|null} */ this.said = null;
  }

  async connectedCallback() {
    super.connectedCallback();
    const account = unlocked()?.account;
    this.door = (await doors()).find((one) => one.account === account);
  }

  render() {
    const { lock: say } = words();
    if (this.old !== null) return html`<fieldlog-choose-pin .busy=${this.busy} .take=${this.#change}></fieldlog-choose-pin>`;
    return html`${top(this.state, { title: say.change, back: "more" })}
      <main class="low enrol lock">
        <p class="lead">${say.old}</p>
        <p class="refusal" role="alert">${this.said ?? nothing}</p>
        ${this.door?.by === "passkey"
          ? html`<button class="button lit wide" type="button" @click=${this.#byPasskey}>${icon("lock")}${say.byPasskey}</button>`
          : nothing}
      </main>
      ${this.door?.by === "pin"
        ? html`<footer class="dock">
            <fieldlog-pin-pad .go=${say.next} .take=${(/** @type {string} */ pin) => (this.old = pin)}></fieldlog-pin-pad>
          </footer>`
        : nothing}`;
  }

  #byPasskey = async () => {
    this.old = (this.door?.credential && (await passkeySecret(this.door.credential))) ?? null;
  };

  /** @param {import("../../store/keys.js").Secret} next */
  #change = async (next) => {
    if (this.busy || !this.door || this.old === null) return;
    const { lock: say } = words();
    this.busy = true;
    try {
      await change(this.door.account, this.old, next);
      this.state.set({ snack: { text: say.changed, undo: null } });
      goInstead("more");
    } catch (error) {
      if (error instanceof Wrong) this.said = say.wrong(error.left);
      else if (error instanceof NotYet) this.said = say.wait(Math.ceil((await waiting(this.door.account)) / 1000));
      else throw error;
      this.old = null;
    } finally {
      this.busy = false;
    }
  };
}

customElements.define("fieldlog-change-pin", ChangePin);
