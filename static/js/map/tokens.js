/** The look's colours for a canvas, which no stylesheet reaches: read from the page, anew when light turns to dark. */

const NAMES = /** @type {const} */ ([
  "bg", "surface-1", "surface-2", "surface-3", "line", "line-strong", "ink", "ink-2", "ink-3", "accent", "accent-edge", "st-node",
  "map-water", "map-green", "map-road",
]);

/** @typedef {Record<typeof NAMES[number], string> & {font: string}} Tokens */

/** @param {Element} element @returns {Tokens} */
export function tokens(element) {
  const style = getComputedStyle(element);
  const found = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
  return /** @type {Tokens} */ ({ ...found, font: style.fontFamily });
}

/** Calls `tell` when the page's colours have changed. @param {() => void} tell @returns {() => void} stop */
export function onRestyle(tell) {
  const watcher = new MutationObserver(tell);
  watcher.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", tell);
  return () => {
    watcher.disconnect();
    system.removeEventListener("change", tell);
  };
}
