/** Enrolment: trade the supervisor's one-time code for a place in the house. Deletes nothing that is unsent. */

import { html, nothing } from "lit";
import { enrol } from "../../store/enrol.js";
import { doors, letIn } from "../../store/keys.js";
import { askPolicy } from "../../store/policy.js";
import { carryShut } from "../../store/rescue.js";
import { sendNow } from "../../sync/start.js";
import { words } from "../../words/index.js";
import { tellWiped } from "../asks.js";
import { Part } from "../part.js";
import { clearedPanel } from "../parts/evicted.js";
import { icon } from "../parts/icon.js";
import { canScan } from "../parts/scan.js";
import "../parts/choose_pin.js";
import { goInstead } from "../route.js";

export class Enrol extends Part {
  static properties = {
    code: { attribute: false },
    profile: { attribute: false },
    /** Set when this phone was cleared: told before anything else. */
    cleared: { attribute: false },
    /** Records of this phone that the centre does not have. */
    unsent: { attribute: false },
    working: { state: true },
    choosing: { state: true },
    refusal: { state: true },
  };
  /** @type {import("../../store/keys.js").Secret|null} what is to open the phone; kept for a second try with another code */ #secret = null;
  #name = "";

  constructor() {
    super();
    this.code = "";
    /** @type {any} */ this.profile = null;
    /** @type {import("../../store/evicted.js").Evicted|null} */ this.cleared = null;
    this.unsent = 0;
    this.working = false;
    this.choosing = false;
    /** @type {null|"empty"|"offline"|"refused"|"slow"|"failed"} */ this.refusal = null;
  }

  render() {
    const { enrol: say, shift } = words();
    if (this.choosing) return html`<fieldlog-choose-pin .busy=${this.working} .take=${this.#chosen}></fieldlog-choose-pin>`;
    return html`<main class="low enrol">
        ${clearedPanel(this.cleared)} ${tellWiped()} ${icon("mark", "mark huge")}
        <h1 tabindex="-1">${say.title}</h1>
        <p class="lead">${say.text}</p>
        ${this.unsent ? html`<p class="meta">${shift.unsent(this.unsent)} ${shift.keeps}</p>` : nothing}
        ${canScan() ? html`<fieldlog-scan .take=${(/** @type {string} */ code) => (this.code = code)}></fieldlog-scan>` : nothing}
        <form id="enrol" class="form" @submit=${this.#submit}>
          <label for="code">${say.code}</label>
          <input
            id="code" name="code" required autocomplete="one-time-code" autocapitalize="characters" spellcheck="false"
            .value=${this.code} aria-describedby="refusal" aria-invalid=${String(Boolean(this.refusal))}
          />
          <label for="phone">${say.phone}</label>
          <input id="phone" name="phone" autocomplete="off" maxlength="80" .value=${this.profile?.name ?? phoneName()} />
          <p id="refusal" class="refusal" role="alert">${this.refusal ? say[this.refusal] : nothing}</p>
        </form>
      </main>
      <footer class="dock">
        <button class="button lit" form="enrol" aria-disabled=${String(this.working)}>
          ${icon("lamp")}${this.working ? say.working : say.go}
        </button>
      </footer>`;
  }

  /** @param {SubmitEvent} event */
  #submit = async (event) => {
    event.preventDefault();
    if (this.working) return;
    const form = new FormData(/** @type {HTMLFormElement} */ (event.target));
    const code = String(form.get("code")).trim();
    this.code = code;
    this.#name = String(form.get("phone")).trim() || words().enrol.phoneDefault;
    await this.#trying(async () => {
      const isSealed = (await askPolicy()).lock || (await doors()).length > 0;
      if (isSealed && !this.#secret) this.choosing = true;
      else await this.#enrol();
    });
  };

  /** The PIN comes before the token does, so that nothing of it ever lies in clear. @param {import("../../store/keys.js").Secret} secret */
  #chosen = (secret) => {
    this.#secret = secret;
    void this.#trying(() => this.#enrol());
  };

  async #enrol() {
    const secret = this.#secret;
    await enrol(this.code, this.#name, secret ? { letIn: (who) => letIn(who, secret) } : {});
    await carryShut().catch(reportError);
    void sendNow();
    goInstead("now");
  }

  /** @param {() => Promise<void>} work */
  async #trying(work) {
    this.working = true;
    this.refusal = null;
    try {
      await work();
    } catch (error) {
      this.choosing = false;
      this.refusal = refusalOf(error);
    } finally {
      this.working = false;
    }
  }
}

/** What a failed enrolment means in words. @param {any} error a Refusal of sync/http.js */
function refusalOf(error) {
  if (error.kind === "auth" || error.kind === "refused") return "refused";
  if (error.reason === "429") return "slow";
  if (error.reason === "network" || error.reason === "timeout" || error instanceof TypeError) return "offline";
  return "failed";
}

/** A first name for the phone, from what the browser tells. */
function phoneName() {
  const model = /; ([^;)]+?)(?: Build|\))/.exec(navigator.userAgent)?.[1];
  return model && !/[KX]$|rv:|x86/.test(model) ? model.slice(0, 40) : words().enrol.phoneDefault;
}

customElements.define("fieldlog-enrol", Enrol);
