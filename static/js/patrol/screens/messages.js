/** Messages: what the coordinator says, and what reports led to. Read is marked on this phone alone. */

import { html } from "lit";
import { words } from "../../words/index.js";
import { asked } from "../asked.js";
import { icon } from "../parts/icon.js";
import { Part, given } from "../part.js";
import { top } from "../parts/top.js";
import { moment } from "../times.js";

export class MessagesScreen extends Part {
  static properties = { state: { attribute: false } };

  constructor() {
    super();
    /** @type {import("../model.js").State} */ this.state = given();
  }

  render() {
    const { messages: say } = words();
    const { messages } = this.state;
    return html`${top(this.state, { title: say.title, back: "more" })}
      <main>
        ${messages?.length
          ? html`<ul class="rows">${messages.map((one) => this.#row(one))}</ul>`
          : html`<div class="empty"><h2>${messages ? say.none : say.notFetched}</h2><p>${say.noneText}</p></div>`}
      </main>`;
  }

  /** What was shown is read. */
  updated() {
    asked("read", (this.state.messages ?? []).map((one) => one.id));
  }

  /** @param {any} one */
  #row(one) {
    const { messages: say } = words();
    return html`<li class="record">
      ${one.kind === "outcome" ? icon("check") : icon("note")}
      <div class="grow">
        <h3>${one.kind === "outcome" ? say.outcome : say.word}</h3>
        <p>${one.text}</p>
        <p class="meta">${one.from} · ${moment(new Date(one.at), this.state.now)}</p>
      </div>
    </li>`;
  }
}

customElements.define("fieldlog-messages", MessagesScreen);
