/**
 * The desk's map: draws what a page says in `data-map` (see templates/parts/map.html). The table beside it says
 * the same, so without this script, or when it fails, nothing is missing but the picture.
 */
import { Picture } from "../map/picture.js";

for (const room of document.querySelectorAll("[data-map]")) draw(/** @type {HTMLElement} */ (room)).catch(reportError);

/** @param {HTMLElement} room */
async function draw(room) {
  const figure = /** @type {HTMLElement} */ (room.closest(".mapped"));
  figure.hidden = false;
  const picture = new Picture(room, { focusOnly: true, pick: ({ id, text }) => say(room, figure, id, text) });
  picture.marks(JSON.parse(room.dataset.map ?? "null"));
  const acts = { closer: () => picture.zoom(1), farther: () => picture.zoom(-1), whole: () => picture.whole() };
  for (const [name, act] of Object.entries(acts)) {
    figure.querySelector(`[data-map-act=${name}]`)?.addEventListener("click", act);
  }
  await ground(picture, /** @type {HTMLElement} */ (figure.querySelector("[data-map-credit]")));
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-map-form]"));
  if (form) (await import("./map_form.js")).bind(picture, form, figure);
}

/** The outline and the basemap that this store has, and whose map that is. @param {Picture} picture @param {HTMLElement} credit */
async function ground(picture, credit) {
  const { outline, basemap } = await (await fetch("/map/now.json")).json();
  if (outline) picture.outline(await (await fetch(outline.url)).json());
  if (!basemap) return;
  picture.basemap((await import("../map/basemap.js")).basemap(basemap.url));
  credit.textContent = basemap.attribution ?? "";
  credit.hidden = !basemap.attribution;
}

/**
 * The mark that was picked, as a link where it leads somewhere, and the coordinates.
 *
 * @param {HTMLElement} room @param {HTMLElement} figure @param {string|null} id @param {string} text
 */
function say(room, figure, id, text) {
  const said = /** @type {HTMLElement} */ (figure.querySelector("[data-map-said]"));
  const mark = JSON.parse(room.dataset.map ?? "{}").features?.find((/** @type {any} */ one) => one.id === id);
  said.replaceChildren(...(mark ? [named(mark.properties), " "] : []), `SWEREF 99 TM ${text}`);
}

/** @param {{name: string, note?: string, href?: string}} mark */
function named({ name, note, href }) {
  const shown = document.createElement(href ? "a" : "b");
  shown.textContent = note ? `${name} ${note}` : name;
  if (href) shown.setAttribute("href", href);
  return shown;
}
