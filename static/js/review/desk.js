/**
 * Keeps the log fresh while somebody looks at it: every 20 seconds the page is fetched again, and its
 * list and trust strip are swapped in when they differ. Without this script every page works all the same.
 */
const EVERY_MS = 20_000;
const PARTS = ["#trust", "[data-live]"];

if (document.querySelector("[data-live]")) setInterval(look, EVERY_MS);
document.addEventListener("click", (event) => closeLists(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeLists(null);
});

function look() {
  if (document.visibilityState === "visible" && !inUse()) refresh();
}

/** Focus inside a live part: a swap would take it away under the reader's hand. */
function inUse() {
  return PARTS.some((part) => document.querySelector(part)?.contains(document.activeElement));
}

/** Whatever goes wrong, the page stays as it is and says itself how old it is; the next turn tries again. */
function refresh() {
  const request = new XMLHttpRequest(); // gives a document without a string for Trusted Types to guard
  request.open("GET", location.href);
  request.responseType = "document";
  request.addEventListener("load", () => {
    const here = request.responseURL === location.href.split("#")[0];
    if (request.status === 200 && here && request.response) swap(request.response);
  });
  request.send();
}

/** @param {Document} fresh */
function swap(fresh) {
  for (const part of PARTS) {
    const [old, now] = [document.querySelector(part), fresh.querySelector(part)];
    if (old && now && old.innerHTML !== now.innerHTML) old.replaceWith(document.adoptNode(now));
  }
}

/** Only one list of a filter is open at a time, and none once the reader is elsewhere.
 * @param {EventTarget | null} touched */
function closeLists(touched) {
  for (const list of document.querySelectorAll(".filters details[open]")) {
    if (!(touched instanceof Node && list.contains(touched))) list.removeAttribute("open");
  }
}
