/** The ground of every element of ours: Lit in light DOM, so that one stylesheet and one tree of headings hold. */

import { LitElement } from "lit";

export class Part extends LitElement {
  /** @type {(() => void)|undefined} */ #stop;

  createRenderRoot() {
    return this;
  }

  /** An element that is handed the state draws itself anew whenever it changes: the same object says so by itself only. */
  connectedCallback() {
    super.connectedCallback();
    const { state } = /** @type {{state?: import("./model.js").State}} */ (/** @type {unknown} */ (this));
    this.#stop = state?.onChange(() => this.requestUpdate());
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop?.();
  }
}

/** The value of a property before the template has handed one in; never read before the first render. @returns {any} */
export const given = () => undefined;
