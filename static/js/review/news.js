/**
 * Tells what has come while the log or a week lies open: every 15 seconds a small page says how many, and
 * the number stands as a link by the heading. What is read never moves under the reader's eyes.
 */
const EVERY_MS = 15_000;
const PARTS = ["#trust", "#news"];

/** Begin, where there is a page that can have news. */
export function watch() {
  const address = document.querySelector("[data-news]")?.getAttribute("data-news");
  if (address) setInterval(() => document.visibilityState === "visible" && ask(address), EVERY_MS);
}

/** Whatever goes wrong, the page stays as it is and says itself how old it is; the next turn tries again.
 * @param {string} address */
function ask(address) {
  const request = new XMLHttpRequest(); // gives a document without a string for Trusted Types to guard
  request.open("GET", address);
  request.responseType = "document";
  request.addEventListener("load", () => {
    const here = new URL(request.responseURL).pathname === new URL(address, location.href).pathname;
    if (request.status === 200 && here && request.response) swap(request.response);
  });
  request.send();
}

/** @param {Document} fresh */
function swap(fresh) {
  for (const part of PARTS) {
    const [old, now] = [document.querySelector(part), fresh.querySelector(part)];
    const used = old?.contains(document.activeElement);
    if (old && now && !used && old.innerHTML !== now.innerHTML) old.replaceWith(document.adoptNode(now));
  }
}
