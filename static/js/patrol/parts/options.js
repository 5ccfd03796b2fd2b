/** Choices as big buttons: real radios and checkboxes under labels, so keyboard and screen reader know them. */

import { html, nothing } from "lit";

/** @typedef {{value: string, label: any, lead?: any}} Choice */

/**
 * @param {{name: string, legend: string, choices: Choice[], chosen: string|null|string[], columns?: string,
 *   pick: (value: string) => void}} group  a list of chosen values makes checkboxes
 */
export function options({ name, legend, choices, chosen, columns = "", pick }) {
  const many = Array.isArray(chosen);
  const has = (/** @type {string} */ value) => (many ? chosen.includes(value) : chosen === value);
  return html`<fieldset class="group">
    <legend>${legend}</legend>
    <div class="options ${columns}">
      ${choices.map(
        ({ value, label, lead }) => html`<label class="option">
          <input
            type=${many ? "checkbox" : "radio"}
            name=${name}
            autocomplete="off"
            .value=${value}
            .checked=${has(value)}
            @change=${() => pick(value)}
          />
          ${lead ?? nothing}<span>${label}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}

/** The list with one value put in or taken out. @param {string[]} list @param {string} value */
export const toggled = (list, value) =>
  list.includes(value) ? list.filter((one) => one !== value) : [...list, value];

/** Severity as one, two or three bars. @param {number} severity 1–3 */
export const bars = (severity) =>
  html`<span class="bars severity-${severity}" aria-hidden="true">
    ${[1, 2, 3].map((step) => html`<i class=${step <= severity ? "full" : ""}></i>`)}
  </span>`;
