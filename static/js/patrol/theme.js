/** Light or dark on the page: by choice, by the system, and always dark in the evening and at night. */

const NIGHT_FROM = 16;
const NIGHT_TO = 8;

/** @param {"auto"|"light"|"dark"} look @param {Date} now @param {boolean} systemDark */
export function themeFor(look, now, systemDark) {
  if (look !== "auto") return look;
  const hour = now.getHours();
  return systemDark || hour >= NIGHT_FROM || hour < NIGHT_TO ? "dark" : "light";
}

/** What the page wears: looking it up again would have the page laid out anew at every tap. */
let worn = "";

/** Put the theme on the page, the browser's own bars too. @param {"auto"|"light"|"dark"} look @param {Date} now */
export function wear(look, now) {
  const theme = themeFor(look, now, matchMedia("(prefers-color-scheme: dark)").matches);
  if (theme === worn) return;
  worn = theme;
  const root = document.documentElement;
  root.dataset.theme = theme;
  const ground = getComputedStyle(root).getPropertyValue("--bg").trim();
  document.querySelector('meta[name="theme-color"]')?.setAttribute("content", ground);
}
