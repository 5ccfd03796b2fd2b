/** The ground of every element of ours: Lit in light DOM, so that one stylesheet and one tree of headings hold. */

import { LitElement } from "lit";

export class Part extends LitElement {
  createRenderRoot() {
    return this;
  }
}
