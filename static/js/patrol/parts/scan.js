/** Reads the supervisor's QR code with the camera, inside the app; where the browser can't read one, by a piece that comes then. */

import { html, nothing } from "lit";
import { words } from "../../words/index.js";
import { Part } from "../part.js";
import { parse } from "../route.js";
import { icon } from "./icon.js";

const LOOK_EVERY_MS = 250;

/** @returns {boolean} */
export const canScan = () => Boolean(navigator.mediaDevices?.getUserMedia);

export class Scan extends Part {
  static properties = { take: { attribute: false }, stream: { state: true }, failed: { state: true } };
  #timer = 0;

  constructor() {
    super();
    /** @type {(code: string) => void} */ this.take = () => {};
    /** @type {MediaStream|null} */ this.stream = null;
    this.failed = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  render() {
    const { enrol: say } = words();
    if (this.stream) {
      return html`<video class="scan" autoplay muted playsinline .srcObject=${this.stream} aria-label=${say.scanning}></video>
        <button class="button wide" type="button" @click=${this.#stop}>${icon("close")}${say.scanStop}</button>`;
    }
    return html`<button class="button wide" type="button" @click=${this.#start}>${icon("camera")}${say.scan}</button>
      <p class="refusal" role="alert">${this.failed ? say.scanFailed : nothing}</p>`;
  }

  #start = async () => {
    this.failed = false;
    try {
      this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      void this.#look(await reader());
    } catch {
      this.#stop();
      this.failed = true;
    }
  };

  #stop = () => {
    clearTimeout(this.#timer);
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  };

  /** @param {any} detector */
  async #look(detector) {
    const video = this.querySelector("video");
    const seen = video ? await detector.detect(video).catch(() => []) : [];
    if (!this.stream) return;
    const code = seen.map((/** @type {any} */ one) => codeIn(one.rawValue)).find(Boolean);
    if (!code) {
      this.#timer = window.setTimeout(() => void this.#look(detector), LOOK_EVERY_MS);
      return;
    }
    this.#stop();
    navigator.vibrate?.(30);
    this.take(code);
  }
}

/** The browser's own where it reads QR codes; else the same by other means. @returns {Promise<{detect: (video: HTMLVideoElement) => Promise<any[]>}>} */
async function reader() {
  const { BarcodeDetector: Native } = /** @type {any} */ (globalThis);
  const formats = (await Native?.getSupportedFormats()) ?? [];
  const Detector = formats.includes("qr_code") ? Native : (await import("qr/decode.js")).BarcodeDetector;
  return new Detector({ formats: ["qr_code"] });
}

/** @param {string} text a link to this app, as the supervisor's page shows it @returns {string} "" for anything else */
export function codeIn(text) {
  const { screen, arg } = parse(text.slice(Math.max(0, text.indexOf("#"))));
  return screen === "enrol" ? arg : "";
}

customElements.define("fieldlog-scan", Scan);
