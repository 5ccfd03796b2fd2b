/** Choosing what opens the phone: its own passkey where it has one, else a PIN, typed twice. */

import { html, nothing } from "lit";
import { makePasskey, mayHavePasskey } from "../../crypto/passkey.js";
import { words } from "../../words/index.js";
import { Part } from "../part.js";
import { isTooEasy } from "../pin_rules.js";
import { icon } from "./icon.js";
import "./pin_pad.js";

export class ChoosePin extends Part {
  static properties = {
    /** Called with the PIN, or the passkey's secret; may fail, and says so itself. */
    take: { attribute: false },
    busy: { attribute: false },
    first: { state: true },
    said: { state: true },
    passkey: { state: true },
  };

  constructor() {
    super();
    /** @type {(secret: import("../../store/keys.js").Secret) => void} */ this.take = () => {};
    this.busy = false;
    /** @type {string|null} the PIN as typed the first time */ this.first = null;
    /** @type {null|"easy"|"differs"|"noPasskey"} */ this.said = null;
    this.passkey = false;
  }

  async connectedCallback() {
    super.connectedCallback();
    this.passkey = await mayHavePasskey().catch(() => false);
  }

  render() {
    const { lock: say } = words();
    return html`<main class="low enrol lock">
        <h1 tabindex="-1">${this.first ? say.again : say.choose}</h1>
        <p class="lead">${this.first ? say.againText : say.chooseText}</p>
        ${this.passkey && !this.first
          ? html`<button class="button wide" type="button" @click=${this.#usePasskey}>${icon("lock")}${say.usePasskey}</button>`
          : nothing}
        <p class="refusal" role="alert">${this.said ? say[this.said] : nothing}</p>
      </main>
      <footer class="dock">
        <fieldlog-pin-pad .go=${this.first ? say.keep : say.next} .wait=${this.busy ? say.working : null} .take=${this.#typed}></fieldlog-pin-pad>
      </footer>`;
  }

  /** @param {string} pin */
  #typed = (pin) => {
    const { first } = this;
    this.first = null;
    this.said = null;
    if (first === null && isTooEasy(pin)) this.said = "easy";
    else if (first === null) this.first = pin;
    else if (first !== pin) this.said = "differs";
    else this.take(pin);
  };

  #usePasskey = async () => {
    this.said = null;
    const made = await makePasskey();
    if (made) this.take(made);
    else this.said = "noPasskey";
  };
}

customElements.define("fieldlog-choose-pin", ChoosePin);
