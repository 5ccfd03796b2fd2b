/** The ground of every element of ours: Lit in light DOM, so that one stylesheet and one tree of headings hold. */

import { LitElement } from "lit";

export class Part extends LitElement {
  createRenderRoot() {
    return this;
  }
}

/** The value of a property before the template has handed one in; never read before the first render. @returns {any} */
export const given = () => undefined;
