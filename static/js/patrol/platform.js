/** What this app runs in: on the home screen or in a browser, and of which kind. Reads the browser, nothing else. */

/** Opened from the home screen, as an app of its own. */
export const isInstalled = () => matchMedia("(display-mode: standalone)").matches || /** @type {any} */ (navigator).standalone === true;

/** An iPad says that it is a Mac, and has fingers. @returns {"ios"|"android"|"other"} */
export function platform() {
  const { userAgent, maxTouchPoints } = navigator;
  if (/iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1)) return "ios";
  return /Android/.test(userAgent) ? "android" : "other";
}

/** Safari throws a page's storage away after seven days without use, unless it stands on the home screen. */
export const isWiped = () => platform() === "ios" && !isInstalled();
