/** In Storage: the map this phone keeps, how large and how old; a large basemap is fetched and let go of here. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { Part, given } from "../part.js";
import { facts, size } from "../parts/facts.js";
import { icon } from "../parts/icon.js";
import { moment } from "../times.js";
import { holding, letGo, refresh } from "./kept.js";

export class KeptMap extends Part {
  static properties = { state: { attribute: false }, held: { state: true }, doing: { state: true } };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {import("./kept.js").Holding|null} */ this.held = null;
    /** @type {"fetching"|"failed"|""} */ this.doing = "";
  }

  firstUpdated() {
    void holding().then((held) => (this.held = held)).catch(reportError);
  }

  render() {
    if (!this.held) return nothing;
    const { map: say } = words();
    const { basemap, outline, offered } = this.held;
    const kept = basemap ?? outline;
    const what = kept ? say.keptAs(basemap ? size(kept.bytes) : say.outlineOnly, moment(new Date(kept.fetched), this.state.now)) : say.none;
    return html`${facts([[say.kept, what]])}
      ${offered ? this.#offer(offered) : nothing}
      ${basemap ? html`<p class="gutter"><button class="button wide" type="button" @click=${this.#letGo}>${say.letGo}</button></p>` : nothing}
      <p class="meta gutter" role="status">${this.doing === "fetching" ? say.fetching : this.doing === "failed" ? say.notFetched : nothing}</p>`;
  }

  /** @param {import("./kept.js").Listed} offered */
  #offer(offered) {
    const { map: say } = words();
    return html`<p class="meta gutter">${say.offeredText}</p>
      <p class="gutter">
        <button class="button wide" type="button" aria-disabled=${String(this.doing === "fetching")} @click=${this.#fetch}>
          ${icon("map")}${say.offered(size(offered.bytes))}
        </button>
      </p>`;
  }

  #fetch = async () => {
    if (this.doing === "fetching") return;
    this.doing = "fetching";
    this.held = await refresh({ asked: true });
    this.doing = this.held.offered ? "failed" : "";
  };

  #letGo = async () => {
    this.held = await letGo();
  };
}

customElements.define("fieldlog-kept-map", KeptMap);
