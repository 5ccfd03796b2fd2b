/** Event, second step: kind, how many, how serious, saved. Also the form that corrects an event, filled in. */

import { html, nothing } from "lit";
import { language, words } from "../../words/index.js";
import { Draft } from "../draft.js";
import { Part, given } from "../part.js";
import "../parts/copy.js";
import { draftLine } from "../parts/draft_line.js";
import { icon } from "../parts/icon.js";
import { runningBar } from "../parts/nav.js";
import { noteBrake, noteField } from "../parts/note_field.js";
import { bars, options, toggled } from "../parts/options.js";
import { Photos } from "../parts/photo_field.js";
import "../parts/place_options.js";
import { saveDock } from "../parts/save_dock.js";
import { soft } from "../parts/soft.js";
import { top } from "../parts/top.js";
import { inWords } from "../record_words.js";
import { clock } from "../times.js";
import { hideButton } from "./correct.js";

const PEOPLE = ["0", "1-3", "4-10", "11-25", "26+"];
const FRESH = { category: "", people: null, severity: 1, ages: [], handled: [], note: "", source: "own" };

/** A band as people read it: "4–10". @param {string} band */
const dashed = (band) => band.replace("-", "–");

export class EventForm extends Part {
  static properties = {
    state: { attribute: false },
    tile: { attribute: false },
    where: { attribute: false },
    /** How it begins: the answers of the event that is corrected, or null. */
    begin: { attribute: false },
    /** Why a corrected event needs its author: the code, and in words. */
    code: { attribute: false },
    reason: { attribute: false },
    name: { attribute: false },
    back: { attribute: false },
    label: { attribute: false },
    save: { attribute: false },
    hide: { attribute: false },
    answers: { state: true },
    open: { state: true },
  };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
    /** @type {any} */ this.tile = null;
    /** @type {import("../model.js").Where} */ this.where = given();
    /** @type {any} */ this.begin = null;
    /** @type {string|null} */ this.code = null;
    /** @type {string|null} */ this.reason = null;
    /** this form's address, under which its draft is kept */ this.name = "";
    this.back = "event";
    this.label = "";
    /** @type {(answers: any, where: import("../model.js").Where, form: import("../actions.js").Form) => void} */
    this.save = () => {};
    /** @type {(() => void)|null} takes a corrected event out of the log */ this.hide = null;
    this.opened = new Date();
    /** @type {any} */ this.answers = { ...FRESH };
    /** @type {Set<string>} which of the voluntary groups are shown */ this.open = new Set();
    /** @type {string[]} */ this.kept = [];
    this.photos = new Photos(this);
    /** @type {import("../model.js").Where|null} where it was, if a draft was taken up */ this.taken = null;
    this.draft = new Draft(this, () => this.name);
  }

  willUpdate(/** @type {Map<string, any>} */ changed) {
    if (changed.has("begin") && this.begin && !changed.get("begin") && !this.draft.since) this.answers = this.#fresh();
  }

  /** What the draft carries: nothing while the form is as it began. */
  worthKeeping() {
    const isFresh = JSON.stringify(this.answers) === JSON.stringify(this.#fresh()) && !this.photos.all.length;
    return isFresh ? null : { answers: this.answers, where: { ...this.#where(), from: this.#from() } };
  }

  /** @param {any} kept @param {import("../photo.js").Photo[]} photos */
  takeUp({ answers, where }, photos) {
    this.answers = answers;
    this.photos.all = photos;
    this.opened = new Date(where.from);
    if (!this.begin && !this.state.where) this.taken = { place: where.place, from: this.opened, to: where.to && new Date(where.to) };
    return true;
  }

  #fresh() {
    return { ...FRESH, ...this.begin };
  }

  render() {
    const { eventForm: say, correct } = words();
    const title = this.begin ? correct.event : this.tile[language()];
    return html`${top(this.state, { title, meta: this.#meta(), back: this.back })}
      ${runningBar(this.state, "head")}
      <main class="low form">
        ${draftLine(this.draft, this.state.now, () => void this.#anew())}
        ${this.reason ? html`<p class="gutter reason">${this.reason}</p>` : nothing}
        ${this.#kinds()}
        ${this.#group("people", say.people, PEOPLE.map((value) => ({ value, label: dashed(value) })), "five")}
        ${this.#severity()} ${this.begin ? this.#place() : nothing} ${this.#voluntary()}
        ${this.begin ? this.#copy() : this.photos.field(this.state.photos)} ${this.hide ? hideButton(this.hide) : nothing}
      </main>
      <footer class="dock">
        ${saveDock({ label: this.label, brake: this.#brake(), save: () => void this.#save(), foot: this.#foot() })}
      </footer>`;
  }

  #meta() {
    return `${this.state.placeName(this.#where().place)}, ${clock(this.#from())}`;
  }

  /** As chosen just now, else as it was when the draft was kept, else as it is likely. */
  #where() {
    return this.taken && !this.state.where ? this.taken : this.where;
  }

  /** The time chosen, or when the form was opened: not when it was finished. */
  #from() {
    return this.begin || this.state.where ? this.where.from : this.opened;
  }

  async #save() {
    const photos = await this.photos.blobs();
    this.save(this.answers, { ...this.#where(), from: this.#from() }, { draft: this.draft, photos });
  }

  async #anew() {
    await this.draft.forget();
    this.answers = this.#fresh();
    this.photos.all = [];
    this.taken = null;
    this.opened = new Date();
  }

  /** One line to paste where a report is made; this app makes none. */
  #copy() {
    const { more: say } = words();
    const line = inWords(this.state, { t: "event", body: { ...this.begin, ...this.answers } }).replaceAll("\n", " · ");
    return html`<section class="gutter limits" aria-labelledby="not-police">
      <h2 id="not-police">${say.notPolice}</h2>
      <p>${say.notPoliceText}</p>
      <fieldlog-copy class="stack" .label=${say.line} .text=${line}></fieldlog-copy>
    </section>`;
  }

  /** Only when correcting: a new event takes its place from the visit or from the screen before. */
  #place() {
    return html`<fieldlog-place-options
      .rows=${this.state.rows} .chosen=${this.answers.place} .pick=${(/** @type {string} */ place) => this.#put({ place })}
    ></fieldlog-place-options>`;
  }

  #kinds() {
    const choices = this.tile.children.map((/** @type {any} */ kind) => ({ value: kind.code, label: soft(kind[language()]) }));
    return this.#group("category", words().eventForm.kind, choices, "two");
  }

  #severity() {
    const choices = words().eventForm.severities.map((label, index) => ({
      value: String(index + 1), label, lead: bars(index + 1),
    }));
    return options({
      name: "severity", legend: words().eventForm.severity, choices, columns: "three tall",
      chosen: String(this.answers.severity), pick: (value) => this.#put({ severity: Number(value) }),
    });
  }

  /** What may be said and need not: each opens under its own button. */
  #voluntary() {
    const { eventForm: say } = words();
    const groups = { source: say.source, ages: say.ages, handled: say.handled, note: say.text };
    return html`<div class="group" role="group" aria-label=${say.ifYouLike}>
        <p class="label" aria-hidden="true">${say.ifYouLike}</p>
        <div class="options four">
          ${Object.entries(groups).map(([name, label]) => this.#opener(name, name === "source" ? say.sourceShort : label))}
        </div>
      </div>
      ${this.#shown("source") ? this.#group("source", say.source, labelled(say.sources), "three") : nothing}
      ${this.#shown("ages") ? this.#list("ages", say.ages, labelled(say.age)) : nothing}
      ${this.#shown("handled") ? this.#list("handled", say.handled, labelled(say.handling)) : nothing}
      ${this.#shown("note") ? this.#note() : nothing}`;
  }

  /** @param {string} name @param {string} label */
  #opener(name, label) {
    const flip = () => {
      this.open = new Set(toggled([...this.open], name));
    };
    return html`<button class="button" type="button" aria-expanded=${String(this.#shown(name))} @click=${flip}>
      ${name === "note" ? icon("note") : nothing}${label}
    </button>`;
  }

  /** Open by tap, or because it holds an answer already. @param {string} name */
  #shown(name) {
    const answer = this.answers[name];
    return this.open.has(name) || (name !== "source" && answer.length > 0) || (name === "source" && answer !== "own");
  }

  #note() {
    return noteField({
      note: this.answers.note, kept: this.kept, state: this.state,
      write: (note) => this.#put({ note }),
      keep: (text) => {
        this.kept = [...this.kept, text];
        this.requestUpdate();
      },
    });
  }

  /** @param {string} name @param {string} legend @param {any[]} choices @param {string} columns */
  #group(name, legend, choices, columns) {
    return options({
      name, legend, choices, columns, chosen: this.answers[name], pick: (value) => this.#put({ [name]: value }),
    });
  }

  /** @param {string} name @param {string} legend @param {any[]} choices */
  #list(name, legend, choices) {
    return options({
      name, legend, choices, columns: "two", chosen: this.answers[name],
      pick: (value) => this.#put({ [name]: toggled(this.answers[name], value) }),
    });
  }

  #brake() {
    const { eventForm: say } = words();
    if (!this.tile.children.some((/** @type {any} */ kind) => kind.code === this.answers.category)) return { say: say.pickKindDo, at: "[name=category]" };
    if (this.code === "unknown_place" && !this.state.row(this.answers.place)) return { say: say.pickPlaceDo, at: "[name=place]" };
    if (this.answers.category.endsWith(".annat") && !this.answers.note.trim()) return { say: say.needsNote, at: "#note" };
    return noteBrake(this.answers.note);
  }

  #foot() {
    return html`<p class="meta foot">${words().eventForm.notPolice} <b>112</b></p>`;
  }

  /** @param {any} some */
  #put(some) {
    this.answers = { ...this.answers, ...some };
    if (some.category?.endsWith(".annat")) this.open = new Set([...this.open, "note"]);
  }
}

/** @param {Record<string, string>} labels */
const labelled = (labels) => Object.entries(labels).map(([value, label]) => ({ value, label }));

customElements.define("fieldlog-event-form", EventForm);
