/**
 * Review by hand on the keyboard: j and k go down and up the log's rows, x ticks the row, g says that the
 * ticked are reviewed. They work only while the focus is on a row, so that no other typing is taken for them.
 */
const STEPS = { j: 1, k: -1 };

/** Begin, where there is a log. */
export function listen() {
  document.querySelector(".log tbody")?.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent && !event.ctrlKey && !event.metaKey && !event.altKey) act(event);
  });
}

/** @param {KeyboardEvent} event */
function act(event) {
  const row = event.target instanceof Element ? event.target.closest("tr") : null;
  if (!row) return;
  if (event.key in STEPS) step(row, STEPS[/** @type {"j" | "k"} */ (event.key)]);
  else if (event.key === "x") row.querySelector("input")?.click();
  else if (event.key === "g") document.querySelector("#many button")?.dispatchEvent(new MouseEvent("click"));
  else return;
  event.preventDefault();
}

/** @param {Element} row @param {number} by */
function step(row, by) {
  const rows = [...document.querySelectorAll(".log tbody tr:not(.day)")];
  const next = rows[rows.indexOf(row) + by];
  next?.querySelector("a")?.focus();
}
