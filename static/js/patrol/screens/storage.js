/** Storage: what the phone holds, how safe it lies, and the ways out of it. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { Part, given } from "../part.js";
import { facts, size } from "../parts/facts.js";
import { icon } from "../parts/icon.js";
import { top } from "../parts/top.js";
import { address } from "../route.js";
import { room } from "../room.js";
import { askToBeSpared } from "../storage.js";
import { held } from "../held.js";
import { apart, moment } from "../times.js";
import "../map/section.js";

export class StorageScreen extends Part {
  static properties = { state: { attribute: false }, held: { state: true }, asked: { state: true } };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {import("../held.js").Held|null} */ this.held = null;
    /** a no from the phone, when asked here */ this.asked = false;
    /** @type {any[]|null} the records when it was last counted */ this.counted = null;
  }

  /** Counted again whenever anything stored has changed. */
  willUpdate() {
    if (this.counted === this.state.records) return;
    this.counted = this.state.records;
    void this.#count().catch(reportError);
  }

  async #count() {
    this.held = await held();
    this.state.set({ storage: await room() });
  }

  render() {
    const { storage: say } = words();
    return html`${top(this.state, { title: say.title, back: "more" })}
      <main class="form">
        <p class="gutter">${say.text}</p>
        ${facts(this.#kept())} ${this.held?.aside ? html`<p class="meta gutter">${say.asideText}</p>` : nothing}
        ${facts(this.#room())} ${this.held?.ballast === "used" ? html`<p class="gutter reason">${say.reserveText}</p>` : nothing}
        <fieldlog-kept-map .state=${this.state}></fieldlog-kept-map>
        ${this.#safety()}
        <p class="gutter"><a class="button wide" href=${address("rescue")}>${icon("box")}${words().rescue.title}</a></p>
      </main>`;
  }

  /** @returns {[string, any][]} */
  #kept() {
    const { storage: say } = words();
    const { sync, unsent, now, drafts } = this.state;
    const known = this.held;
    const last = sync.lastContact ? moment(new Date(sync.lastContact), now) : words().more.never;
    return [
      [say.unsent, unsent],
      [say.photos, known?.photos ?? "…"],
      [say.aside, known?.aside ?? "…"],
      [say.drafts, drafts.length],
      [say.carried, known?.carried ?? "…"],
      [say.contact, last],
      [say.clock, this.#clock()],
    ];
  }

  #clock() {
    const { skew } = this.state.sync;
    if (skew == null) return words().storage.unknown;
    if (Math.abs(skew) < 60_000) return words().storage.clockRight;
    return `${skew > 0 ? "−" : "+"}${apart(skew)}`;
  }

  /** @returns {[string, any][]} */
  #room() {
    const { storage: say } = words();
    const { storage } = this.state;
    const reserve = { kept: say.reserveKept, used: say.reserveUsed, none: say.reserveNone };
    return [
      [say.used, storage ? size(storage.used) : say.unknown],
      [say.left, storage?.left == null ? say.unknown : size(storage.left)],
      [say.reserve, this.held ? reserve[this.held.ballast] : "…"],
    ];
  }

  #safety() {
    const { storage: say } = words();
    if (!this.state.storage) return nothing;
    const { persisted } = this.state.storage;
    const ask = html`<p><button class="button wide" type="button" @click=${this.#ask}>${icon("lock")}${say.ask}</button></p>
      <p class="meta" role="status">${this.asked ? say.asked : nothing}</p>`;
    return html`<section class="gutter limits" aria-labelledby="safety">
      <h2 id="safety">${persisted ? say.kept : say.notKept}</h2>
      <p>${persisted ? say.keptText : say.notKeptText}</p>
      ${persisted ? nothing : ask}
    </section>`;
  }

  #ask = async () => {
    this.asked = !(await askToBeSpared());
    this.state.set({ storage: await room() });
  };
}

customElements.define("fieldlog-storage", StorageScreen);
