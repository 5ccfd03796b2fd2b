/**
 * The service worker: keeps the phone's shell (page, scripts, styles, icons) so that it starts cold
 * without a network. Knows nothing of records: what is not in its list goes to the network untouched.
 */
import { PrecacheController, PrecacheRoute, cleanupOutdatedCaches } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { fromAfterwards, keepAfterwards } from "./afterwards.js";
import { keys } from "./keys.js";
import { fromPrevious, isHashed, keepPrevious } from "./previous.js";
import { answer } from "./update.js";
import { wholeShellOnly } from "./whole.js";

const SHELL = "/app/";
const scope = /** @type {any} */ (self);

// Installed whole or not at all: until then, and until it is let in, the shell before it stays.
const shell = new PrecacheController({ plugins: [wholeShellOnly(SHELL, __SHELL_SCRIPT__)] });
shell.precache(__PRECACHE__);
cleanupOutdatedCaches();
scope.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(keepPrevious(caches, shell.strategy.cacheName, __PRECACHE__.map(({ url }) => url)));
});

registerRoute(new PrecacheRoute(shell));
registerRoute(new NavigationRoute(shell.createHandlerBoundToURL(SHELL), { allowlist: [/^\/app\//], denylist: [/\.\w+$/] }));
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && isHashed(url),
  async ({ request }) => (await fromAfterwards(caches, request)) ?? (await fromPrevious(caches, request)) ?? fetch(request),
);

// A new version waits until a page says that no form is open; it never takes over by itself.
scope.addEventListener("message", (/** @type {any} */ event) => {
  event.waitUntil(answer(scope, __VERSION__, event));
});

scope.addEventListener("message", keys);

// The map comes when the first screen stands, by the page's word; an update brings its own with it. Neither holds
// anything up: what does not come now comes at the next start.
const quietly = (/** @type {boolean} */ drop) => keepAfterwards(caches, __AFTERWARDS__, { drop }).catch(() => {});
scope.addEventListener("message", (/** @type {any} */ event) => {
  if (event.data?.type === "KEEP_AFTERWARDS") event.waitUntil(quietly(true));
});
scope.addEventListener("install", (/** @type {any} */ event) => {
  if (scope.registration.active) event.waitUntil(quietly(false));
});

// The page that installed it is served by it at once: its icons must not need the network a minute later.
scope.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(scope.clients.claim());
});
