/**
 * The desk's script. Without it every page works all the same: it shows in the navigation where one is, closes
 * the lists of filters, tells what has come while the log or a week lies open, and lets the log be reviewed from
 * the keyboard.
 */
import { listen } from "./keys.js";
import { watch } from "./news.js";

// On a narrow screen the navigation is wider than the page.
document.querySelector(".top nav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
watch();
listen();
if (document.querySelector("[data-map]")) void import("./map.js").catch(reportError);
document.addEventListener("click", (event) => closeLists(event.target));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeLists(null);
});

/** Only one list of a filter is open at a time, and none once the reader is elsewhere.
 * @param {EventTarget | null} touched */
function closeLists(touched) {
  for (const list of document.querySelectorAll(".filters details[open]")) {
    if (!(touched instanceof Node && list.contains(touched))) list.removeAttribute("open");
  }
}
