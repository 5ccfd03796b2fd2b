/**
 * The service worker: keeps the phone's shell (page, scripts, styles, icons) so that it starts cold
 * without a network. Knows nothing of records: what is not in its list goes to the network untouched.
 */
import { addPlugins, createHandlerBoundToURL, precacheAndRoute, cleanupOutdatedCaches } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { wholeShellOnly } from "./whole.js";

const SHELL = "/app/";

addPlugins([wholeShellOnly(SHELL, __SHELL_SCRIPT__)]);
precacheAndRoute(__PRECACHE__);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL(SHELL), { allowlist: [/^\/app\//], denylist: [/\.\w+$/] }));

// A new version waits until the page says that no form is open; it never takes over by itself.
self.addEventListener("message", (event) => {
  if (event.data?.type === "SKIP_WAITING") /** @type {any} */ (self).skipWaiting();
});

// The page that installed it is served by it at once: its icons must not need the network a minute later.
self.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(/** @type {any} */ (self).clients.claim());
});
