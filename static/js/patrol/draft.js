/** Carries a form through a crash: kept a moment after each change, taken up again when the form opens, dropped when saved. */

import { announce } from "../store/changes.js";
import { draft, drop, keep } from "../store/drafts.js";
import { uuid7 } from "../store/payload.js";

const PAUSE_MS = 250;

/**
 * A Lit controller. The form says what is worth keeping (null: nothing yet), and takes up again what was kept,
 * or says that it is not for it. Photos are kept beside, written only when they change.
 *
 * @typedef {import("lit").LitElement & {worthKeeping: () => any, takeUp: (kept: any, photos: any[]) => boolean,
 *   photos?: {all: any[]}}} Form
 */
export class Draft {
  /** The rid of the record to be: the same through crash and second try, so that it is written once. */
  rid = uuid7();
  /** @type {Date|null} when what stands in the form was kept, if it was taken up again */ since = null;
  #kept = "null";
  /** @type {any[]} */ #photos = [];
  /** @type {Promise<void>} */ #writing = Promise.resolve();
  #underway = 0;
  #timer = 0;
  #over = false;

  /** @param {Form} form @param {() => string} name the form's address */
  constructor(form, name) {
    this.form = form;
    this.name = name;
    form.addController(this);
  }

  hostConnected() {
    document.addEventListener("visibilitychange", this.#atOnce);
    void this.#open().catch(reportError);
  }

  hostUpdated() {
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(this.#atOnce, PAUSE_MS);
  }

  hostDisconnected() {
    document.removeEventListener("visibilitychange", this.#atOnce);
    clearTimeout(this.#timer);
    this.#atOnce();
    void this.#writing.then(announce);
  }

  /** Under which names it is kept, for the transaction that stores the record: it is over with that. */
  get names() {
    return [this.name(), photosOf(this.name())];
  }

  /** What the form said is stored: nothing is left to carry. What had begun to be written meanwhile goes too. */
  saved() {
    this.#over = true;
    clearTimeout(this.#timer);
    if (this.#underway) void this.#drop();
  }

  /** Throws away what was kept; the form begins anew by itself. */
  async forget() {
    this.since = null;
    this.rid = uuid7();
    await this.#drop();
  }

  async #open() {
    const kept = await draft(this.name());
    if (!kept || this.form.worthKeeping()) return;
    const photos = (await draft(photosOf(this.name())))?.photos ?? [];
    if (!this.form.takeUp(kept.form, photos)) return;
    this.rid = kept.rid;
    this.since = new Date(kept.at);
    this.#kept = JSON.stringify(kept.form);
    this.#photos = this.form.photos?.all ?? [];
    this.form.requestUpdate();
  }

  /** One write at a time, the latest content always last. A full disk is told when the record itself is saved. */
  #atOnce = () => {
    if (this.#over) return;
    const form = this.form.worthKeeping();
    const text = JSON.stringify(form);
    const photos = this.form.photos?.all ?? [];
    if (photos !== this.#photos && photos.length + this.#photos.length) this.#keepPhotos(photos);
    this.#photos = photos;
    if (text === this.#kept) return;
    this.#kept = text;
    const name = this.name();
    this.#write(() => (form ? keep(name, { rid: this.rid, at: Date.now(), form }) : drop([name])));
  };

  /** @param {any[]} photos */
  #keepPhotos(photos) {
    const name = photosOf(this.name());
    this.#write(() => (photos.length ? keep(name, { rid: this.rid, photos }) : drop([name])));
  }

  /** @param {() => Promise<void>} write */
  #write(write) {
    this.#underway += 1;
    const again = () => {
      this.#kept = "";
    };
    this.#writing = this.#writing.then(write).catch(again).finally(() => (this.#underway -= 1));
  }

  /** Fails in silence, since the rid makes a second save the same one. */
  async #drop() {
    this.#kept = "null";
    this.#photos = [];
    await this.#writing;
    await drop(this.names).catch(reportError);
  }
}

/** Where a form's photos are kept. @param {string} name the form's address */
const photosOf = (name) => `${name}?photos`;
