/** Ties the fields position and radius_m of a form to a circle on the map, both ways. Typing works without it. */
import { editable } from "../map/edit.js";
import { read, write } from "../map/position.js";

const RADIUS_M = 150;

/** @param {import("../map/picture.js").Picture} picture @param {HTMLFormElement} form @param {Element} figure */
export function bind(picture, form, figure) {
  const [at, radius] = ["position", "radius_m"].map((name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)));
  const wide = () => Number.parseInt(radius.value, 10) || RADIUS_M;
  const put = editable(picture, ({ lon, lat, radius_m }) => {
    at.value = write({ lat, lon });
    if (radius_m) radius.value = String(radius_m);
    show();
  });
  const show = () => {
    const found = read(at.value);
    if (found) put({ ...found, radius_m: wide() });
    return found;
  };
  const here = /** @type {HTMLButtonElement} */ (figure.querySelector("[data-map-act=here]"));
  here.disabled = false;
  here.addEventListener("click", () => {
    at.value = write(picture.middle());
    show();
  });
  picture.target.classList.add("aimed");
  picture.target.addEventListener("keydown", (event) => {
    if (event.key === "Enter") here.click();
  });
  for (const one of [at, radius]) one.addEventListener("change", show);
  const begun = show();
  if (begun) picture.centre(begun);
}
