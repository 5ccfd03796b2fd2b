/** The keypad for a PIN: each digit lights a lamp, more than eight add lamps. Says the digits to nobody but `take`. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { Part } from "../part.js";
import { icon } from "./icon.js";

const LEAST = 8;
const MOST = 24;

export class PinPad extends Part {
  static properties = {
    /** What the last key says. */
    go: { attribute: false },
    /** Why no digit is taken just now, or null. */
    wait: { attribute: false },
    take: { attribute: false },
    digits: { state: true },
  };

  constructor() {
    super();
    this.go = "";
    /** @type {string|null} */ this.wait = null;
    /** @type {(pin: string) => void} */ this.take = () => {};
    this.digits = "";
    /** @type {Element|null} where the focus stood as a keyboard typed the last digit: Enter there opens */
    this.typedAt = null;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener("keydown", this.#typed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener("keydown", this.#typed);
  }

  render() {
    const { lock: say } = words();
    const count = this.digits.length;
    const isWaiting = count < LEAST || this.wait !== null;
    const lamps = Array.from({ length: Math.max(LEAST, count) }, (_, i) => html`<i class=${i < count ? "lit" : ""}></i>`);
    return html`<div class="lamps pins" aria-hidden="true">${lamps}</div>
      <p class="meta count" role="status">${this.wait ?? say.count(count, LEAST)}</p>
      <div class="pad">
        ${["1", "2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => this.#key(digit))}
        <button class="key plain" type="button" aria-label=${say.erase} @click=${this.#erase}>${icon("erase")}</button>
        ${this.#key("0")}
        <button class="key ${isWaiting ? "wait" : "go"}" type="button" aria-disabled=${String(isWaiting)} @click=${this.#enter}>
          ${this.go || nothing}
        </button>
      </div>`;
  }

  /** @param {string} digit */
  #key = (digit) => html`<button class="key" type="button" @click=${() => this.#add(digit, null)}>${digit}</button>`;

  /** @param {string} digit @param {Element|null} typedAt */
  #add(digit, typedAt) {
    this.typedAt = typedAt;
    if (this.wait === null && this.digits.length < MOST) this.digits += digit;
  }

  #erase = () => (this.digits = this.digits.slice(0, -1));

  #enter = () => {
    if (this.digits.length < LEAST || this.wait !== null) return;
    const pin = this.digits;
    this.digits = "";
    this.typedAt = null;
    this.take(pin);
  };

  /** A keyboard, where there is one. @param {KeyboardEvent} event */
  #typed = (event) => {
    const target = /** @type {Element} */ (event.target);
    if (event.ctrlKey || event.metaKey || event.altKey || target.matches("input, textarea")) return;
    if (/^[0-9]$/.test(event.key)) this.#add(event.key, target);
    else if (event.key === "Backspace") this.#erase();
    else if (event.key === "Enter" && (target === this.typedAt || !target.matches("button, a"))) {
      event.preventDefault();
      this.#enter();
    }
  };
}

customElements.define("fieldlog-pin-pad", PinPad);
