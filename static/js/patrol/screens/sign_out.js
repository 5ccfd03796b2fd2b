/** Logging out and changing person: says what stays, and that nothing is deleted. */

import { html, nothing } from "lit";
import { profiles, signOut, switchTo } from "../../store/profile.js";
import { lock, unlocked } from "../../store/ring.js";
import { words } from "../../words/index.js";
import { Part, given } from "../part.js";
import { icon } from "../parts/icon.js";
import { top } from "../parts/top.js";
import { address, goInstead } from "../route.js";

export class SignOut extends Part {
  static properties = { state: { attribute: false }, others: { state: true } };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {import("../../store/profile.js").Profile[]} who can go on here without a new code */ this.others = [];
  }

  connectedCallback() {
    super.connectedCallback();
    void this.#look().catch(reportError);
  }

  async #look() {
    const known = await profiles();
    this.others = known.filter((one) => one.account !== this.state.profile?.account && !one.signedOut);
  }

  render() {
    const { signOut: say } = words();
    const { unsent, running, drafts } = this.state;
    return html`${top(this.state, { title: say.title, back: "more" })}
      <main class="low form">
        <p class="gutter lead">${say.text}</p>
        <p class="gutter">${unsent ? say.unsent(unsent) : say.allSent}</p>
        ${running ? html`<p class="gutter reason">${say.running}</p>` : nothing}
        ${drafts.length ? html`<p class="gutter">${say.draft}</p>` : nothing}
        <p class="gutter meta">${say.back}</p>
        <section class="gutter limits stack" aria-labelledby="others">
          <h2 id="others">${say.other}</h2>
          <p>${say.otherText}</p>
          ${this.others.map(
            (one) => html`<button class="button wide" type="button" @click=${() => void this.#become(one.account)}>
              ${icon("people")}${say.switchTo(one.name)}
            </button>`,
          )}
          <a class="button wide" href=${address("enrol")}>${icon("people")}${say.otherGo}</a>
        </section>
      </main>
      <footer class="dock"><button class="button lit" type="button" @click=${this.#leave}>${icon("lock")}${say.go}</button></footer>`;
  }

  /** On a sealed phone each opens it with a PIN of their own. @param {string} account */
  async #become(account) {
    if (unlocked()) {
      this.state.set({ door: account });
      lock();
    } else await switchTo(account);
    goInstead("now");
  }

  #leave = async () => {
    await signOut();
    goInstead("enrol");
  };
}

customElements.define("fieldlog-sign-out", SignOut);
