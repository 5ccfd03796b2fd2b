/** The service worker that lets the app start cold: registered, and switched only when the patrol says yes. */

import { handOver } from "./handover.js";

const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("fieldlog-worker", {
  createScriptURL: (/** @type {string} */ url) => {
    if (url === "/app/sw.js") return url;
    throw new TypeError(`not a worker of ours: ${url}`);
  },
});

/**
 * Register the worker. `offer` gets a function that switches to a new version once one waits; it resolves to
 * whether it did. Another tab that wants to switch is told no while `isBusy`, that is while a form is open.
 *
 * @param {(change: () => Promise<boolean>) => void} offer
 * @param {() => boolean} [isBusy]
 */
export async function keepWorker(offer, isBusy = () => false) {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("message", ({ data, ports }) => {
    if (data?.type === "MAY_SWITCH") ports[0]?.postMessage({ busy: isBusy() });
  });
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

/** Lets the worker fetch what would have held up the first screen, the map; it keeps it for offline. */
export async function keepAfterwards() {
  if (!("serviceWorker" in navigator)) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ type: "KEEP_AFTERWARDS" });
}

/**
 * Ask the waiting version to take over; it asks the other tabs first. Then start again with it.
 *
 * @param {ServiceWorkerRegistration} registration
 * @returns {Promise<boolean>} false: a form is open in another tab
 */
function change(registration) {
  const { port1, port2 } = new MessageChannel();
  const restart = () => location.reload();
  navigator.serviceWorker.addEventListener("controllerchange", restart, { once: true });
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => {
      port1.close();
      // Whoever switches later must not start this tab again, perhaps with a form open.
      if (data.busy) navigator.serviceWorker.removeEventListener("controllerchange", restart);
      resolve(!data.busy);
    };
    handOver(registration.waiting);
    registration.waiting?.postMessage({ type: "SKIP_WAITING" }, [port2]);
  });
}
