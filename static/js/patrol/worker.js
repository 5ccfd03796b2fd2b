/** The service worker that lets the app start cold: registered, and switched only when the patrol says yes. */

const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("fieldlog-worker", {
  createScriptURL: (/** @type {string} */ url) => {
    if (url === "/app/sw.js") return url;
    throw new TypeError(`not a worker of ours: ${url}`);
  },
});

/**
 * Register the worker; `offer` gets a function that switches to a new version once one waits.
 * @param {(change: () => void) => void} offer
 */
export async function keepWorker(offer) {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register(policy?.createScriptURL("/app/sw.js") ?? "/app/sw.js", {
    scope: "/app/",
    updateViaCache: "none",
  });
  const look = () => registration.waiting && navigator.serviceWorker.controller && offer(() => change(registration));
  look();
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", look);
  });
}

/** Let the waiting version take over, then start again with it. @param {ServiceWorkerRegistration} registration */
function change(registration) {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting?.postMessage({ type: "SKIP_WAITING" });
}
