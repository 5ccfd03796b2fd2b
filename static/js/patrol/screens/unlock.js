/** The locked phone: unlock it for the shift, change profile, or be coupled anew. What waits is told of, and deleted by nothing. */

import { html, nothing } from "lit";
import { passkeySecret } from "../../crypto/passkey.js";
import { NotSaved } from "../../store/database.js";
import { doors, open, Wrong } from "../../store/keys.js";
import { NotYet, waiting } from "../../store/pace.js";
import { unsentCount } from "../../store/read.js";
import { sendNow } from "../../sync/start.js";
import { words } from "../../words/index.js";
import { fetchRest } from "../screens.js";
import { Part, given } from "../part.js";
import { icon } from "../parts/icon.js";
import "../parts/pin_pad.js";

const SECOND = 1000;

export class Unlock extends Part {
  static properties = {
    state: { attribute: false },
    doors: { state: true },
    chosen: { state: true },
    choosing: { state: true },
    busy: { state: true },
    wait: { state: true },
    left: { state: true },
    full: { state: true },
    unsent: { state: true },
    rescue: { state: true },
  };
  #timer = 0;
  /** @type {Promise<unknown>} who can unlock it is known: a quick hand is done with the PIN before */
  #known = given();

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {import("../../store/keys.js").Door[]} */ this.doors = [];
    /** @type {import("../../store/keys.js").Door|undefined} */ this.chosen = undefined;
    this.choosing = false;
    this.busy = false;
    this.wait = 0;
    /** @type {number|null} tries left, after a wrong one */ this.left = null;
    /** the disk has no room to count a try */ this.full = false;
    this.unsent = 0;
    /** @type {null|"rescued"|"rescueFailed"|"nothingWaits"} */ this.rescue = null;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#known = this.#look().catch(reportError);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  async #look() {
    [this.doors, this.unsent] = await Promise.all([doors(), unsentCount()]);
    const last = this.doors.find(({ account }) => account === this.state.door);
    await this.#choose(last ?? this.doors[0]);
  }

  /** @param {import("../../store/keys.js").Door} [door] */
  async #choose(door) {
    this.chosen = door;
    this.choosing = !door;
    this.left = null;
    if (door) this.#pause(await waiting(door.account));
  }

  render() {
    const { lock: say } = words();
    return html`<header class="top end">
        <a class="button quiet" href="tel:112">${icon("call")}${words().event.danger}</a>
        ${this.choosing || !this.chosen
          ? nothing
          : html`<button class="button quiet" type="button" @click=${() => (this.choosing = true)}>${say.other}</button>`}
      </header>
      <main class="low enrol lock">
        ${icon("mark", "mark huge")}
        <h1 tabindex="-1">${say.title}</h1>
        ${this.choosing ? this.#profiles() : this.#profile()}
      </main>
      ${this.choosing || this.chosen?.by === "passkey" || this.wait === Infinity ? nothing : this.#pad()}
      <footer class="lockfoot">
        <span class="receipt phone">${icon("receipt-phone", "receipt")}</span>
        <p class="grow" role="status">${this.rescue ? say[this.rescue] : this.unsent ? say.waiting(this.unsent) : say.nothingWaits}</p>
        <button class="button" type="button" @click=${this.#makeFile}>${say.rescue}</button>
      </footer>`;
  }

  #profile() {
    const { lock: say } = words();
    const { chosen } = this;
    if (!chosen) return nothing;
    return html`${this.doors.length > 1 ? html`<p class="meta">${say.profile(chosen.number)}</p>` : nothing}
      <p class="refusal" role="alert">${this.#refusal()}</p>
      ${this.wait === Infinity ? this.#anew() : nothing}
      ${chosen.by === "passkey"
        ? html`<button class="button lit wide" type="button" @click=${this.#byPasskey}>${icon("lock")}${say.byPasskey}</button>`
        : nothing}`;
  }

  #profiles() {
    const { lock: say } = words();
    return html`<div class="stack">
      ${this.doors.map(
        (door) => html`<button class="button wide" type="button" @click=${() => void this.#choose(door)}>
          ${icon("people")}${say.profile(door.number)}
        </button>`,
      )}
      <p class="meta">${say.anewText}</p>
      ${this.#anew()}
    </div>`;
  }

  #anew() {
    return html`<button class="button wide" type="button" @click=${this.#enrolAnew}>${words().lock.anew}</button>`;
  }

  #enrolAnew = () => {
    this.state.set({ lock: "enrol" });
    void fetchRest(this.state);
  };

  #pad() {
    const { lock: say } = words();
    const wait = this.busy ? say.working : this.wait ? say.wait(Math.ceil(this.wait / SECOND)) : null;
    return html`<div class="keys"><fieldlog-pin-pad .go=${say.go} .wait=${wait} .take=${this.#unlock}></fieldlog-pin-pad></div>`;
  }

  /** Nothing is unlocked for it: the centre alone can open what is in it. */
  #makeFile = async () => {
    try {
      await fetchRest(this.state);
      const files = await this.state.pieces?.rescueAll();
      if (!files) throw new Error("the piece that makes it is not here");
      for (const file of files) this.state.pieces?.saveFile(file);
      this.rescue = files.length ? "rescued" : "nothingWaits";
    } catch (error) {
      this.rescue = "rescueFailed";
      reportError(error);
    }
  };

  #refusal() {
    const { lock: say } = words();
    if (this.wait === Infinity) return say.spent;
    if (this.full) return say.full;
    return this.left === null ? nothing : say.wrong(this.left);
  }

  #byPasskey = async () => {
    const secret = this.chosen?.credential && (await passkeySecret(this.chosen.credential));
    if (secret) await this.#unlock(secret);
  };

  /** @param {string | Uint8Array} secret */
  #unlock = async (secret) => {
    if (this.busy) return;
    this.busy = true;
    this.full = false;
    await this.#known;
    if (!this.chosen) return void (this.busy = false);
    try {
      await open(this.chosen.account, secret);
      void sendNow();
    } catch (error) {
      if (error instanceof Wrong) this.left = error.left;
      else if (error instanceof NotSaved) this.full = true;
      else if (!(error instanceof NotYet)) throw error;
      this.#pause(await waiting(this.chosen.account));
    } finally {
      this.busy = false;
    }
  };

  /** Counts down to the next try. @param {number} wait ms */
  #pause(wait) {
    clearTimeout(this.#timer);
    this.wait = wait;
    if (wait && Number.isFinite(wait)) this.#timer = window.setTimeout(() => this.#pause(Math.max(0, wait - SECOND)), Math.min(wait, SECOND));
  }
}

customElements.define("fieldlog-unlock", Unlock);
