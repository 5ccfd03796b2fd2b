/** Map: the places and, if allowed, one's own position, offline too; below it the same places as a list. */

import { html, nothing } from "lit";
import { language, words } from "../../words/index.js";
import { sortingFix } from "../fix.js";
import { basemapOf, holding, outlineOf, refresh } from "../map/kept.js";
import { marksOf } from "../map/marks.js";
import { Part, given } from "../part.js";
import { icon } from "../parts/icon.js";
import { promise } from "../parts/lamps.js";
import { lastVisit } from "../parts/place_row.js";
import { strip } from "../parts/strip.js";
import { top } from "../parts/top.js";
import { inWords } from "../places.js";
import { clock } from "../times.js";

/** @typedef {import("../places.js").Row} Row */

export class MapScreen extends Part {
  static properties = {
    state: { attribute: false },
    here: { attribute: false },
    locate: { attribute: false },
    picked: { state: true },
    missing: { state: true },
    credit: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {(code: string) => void} */ this.here = () => {};
    /** @type {() => Promise<void>} */ this.locate = async () => {};
    /** @type {import("../../map/picture.js").Picked|null} */ this.picked = null;
    /** the piece that draws has not come to this phone yet */ this.missing = false;
    /** whose map the basemap is, once it is drawn */ this.credit = "";
    /** @type {import("../../map/picture.js").Picture|null} */ this.picture = null;
  }

  firstUpdated() {
    void this.#draw().catch(reportError);
  }

  updated() {
    this.#fill();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.picture?.close();
    this.picture = null;
  }

  render() {
    const { map: say } = words();
    return html`${top(this.state, { title: say.title, meta: this.#position() })}
      <main>
        ${this.missing ? strip({ picture: "map", title: say.missing, text: say.missingText, buttons: nothing }) : this.#map()}
        <div class="section"><h2>${say.places}</h2></div>
        ${this.state.rows.length
          ? html`<ul class="rows">${this.state.rows.map((row) => this.#row(row))}</ul>`
          : html`<p class="meta gutter">${words().now.noPlacesDo}</p>`}
        ${legend()}
      </main>`;
  }

  #map() {
    const { map: say } = words();
    const button = (/** @type {string} */ picture, /** @type {string} */ name, /** @type {() => void} */ act) =>
      html`<button class="button" type="button" aria-label=${name} @click=${act}>${icon(picture)}</button>`;
    return html`<div class="map-room">
        <div class="map" role="application" tabindex="0" aria-label=${say.label}></div>
        ${this.credit ? html`<p class="map-credit">${this.credit}</p>` : nothing}
      </div>
      <div class="map-bar">
        ${button("plus", say.closer, () => this.picture?.zoom(1))} ${button("minus", say.farther, () => this.picture?.zoom(-1))}
        ${button("frame", say.whole, () => this.picture?.whole())} ${button("target", say.me, () => void this.#me())}
      </div>
      <div class="map-said gutter" role="status">${this.#said()}</div>`;
  }

  /** What was tapped: the place and its coordinates, or the coordinates alone. */
  #said() {
    const { map: say } = words();
    if (!this.picked) return html`<p class="meta">${say.tap}</p>`;
    const row = this.picked.id === null ? undefined : this.state.row(this.picked.id);
    return html`<p class="grow"><b>${row?.name ?? say.point}</b><span class="meta">SWEREF 99 TM</span><span class="meta">${this.picked.text}</span></p>
      ${row ? this.#hereButton(row) : nothing}`;
  }

  /** @param {Row} row */
  #hereButton(row) {
    if (this.state.running?.body.place === row.code) return nothing;
    return html`<button class="button" type="button" aria-label=${words().now.hereAt(row.name)} @click=${() => this.here(row.code)}>
      ${words().now.here}
    </button>`;
  }

  /** @param {Row} row */
  #row(row) {
    const { map: say } = words();
    return html`<li class="place">
      <div class="grow">
        <h3>${row.name}</h3>
        ${promise(row.plan, { fetched: this.state.planKnown, now: row.code === this.state.running?.body.place })} ${lastVisit(this.state, row)}
      </div>
      ${this.missing || row.lat == null
        ? nothing
        : html`<button class="button" type="button" aria-label=${say.showOn(row.name)} @click=${() => this.#show(row)}>${say.show}</button>`}
    </li>`;
  }

  /** "Din position 21:40, ±30 m". */
  #position() {
    const { map: say } = words();
    if (this.state.fixState === "asking") return words().now.locating;
    const fix = sortingFix(this.state.fix, this.state.now);
    if (fix) return say.position(clock(new Date(fix.at)), inWords(fix.acc_m, language()));
    return this.state.fixState === "none" ? say.noPosition : this.state.preferences.position === "off" ? say.positionOff : "";
  }

  async #draw() {
    const room = /** @type {HTMLElement|null} */ (this.querySelector(".map"));
    const held = await holding();
    try {
      const { Picture } = await import("../../map/picture.js");
      if (!room?.isConnected) return;
      this.picture = new Picture(room, {
        pick: (picked) => {
          this.picked = picked;
        },
      });
    } catch {
      this.missing = true; // the first visit broke off before it came: the list stands
      return;
    }
    this.#fill();
    this.picture.outline(await outlineOf(held));
    await this.#ground(held);
    const now = this.state.drill ? held : await refresh();
    if (now.outline?.sha256 !== held.outline?.sha256) this.picture?.outline(await outlineOf(now));
    if (now.basemap?.sha256 !== held.basemap?.sha256 || now.offered?.sha256 !== held.offered?.sha256) await this.#ground(now);
  }

  /** The kept basemap, else the server's by pieces while there is a network. @param {import("../map/kept.js").Holding} held */
  async #ground(held) {
    const file = await basemapOf(held);
    const used = file ? held.basemap : this.state.online ? held.offered : null;
    if (!used) return;
    try {
      const { basemap } = await import("../../map/basemap.js");
      this.picture?.basemap(basemap(file ?? used.url));
      this.credit = used.attribution ?? "";
    } catch {
      // The piece that reads a basemap has not come to this phone: the outline and the places stand.
    }
  }

  #fill() {
    const { state } = this;
    this.picture?.marks(marksOf(state.rows, { running: state.running?.body.place ?? null, planKnown: state.planKnown, say: words().map.of }));
    this.picture?.own(sortingFix(state.fix, state.now));
  }

  /** @param {Row} row */
  #show(row) {
    this.picked = this.picture?.choose(row.code, true) ?? null;
    this.querySelector("main")?.scrollTo({ top: 0 });
  }

  async #me() {
    await this.locate();
    const fix = sortingFix(this.state.fix, this.state.now);
    if (!fix) return;
    this.#fill();
    this.picture?.centre(fix);
  }
}

/** The four marks in words. */
function legend() {
  const { map: say } = words();
  const rows = /** @type {const} */ ([
    ["lit", say.lit], ["now", say.now], ["owed", say.owed], ["unknown", say.unknown],
  ]);
  return html`<details class="legend">
    <summary>${say.legend}${icon("next")}</summary>
    <ul>${rows.map(([lamp, means]) => html`<li class="promise"><span class="lamps" aria-hidden="true"><i class=${lamp}></i></span>${means}</li>`)}</ul>
  </details>`;
}

customElements.define("fieldlog-map", MapScreen);
