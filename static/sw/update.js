/**
 * When a new version may take over: when the patrol says so, and no form is open in another tab. Knows
 * nothing of caches.
 */

/** A tab that says nothing is asleep, or older than this question; it goes on with what it has. */
const PATIENCE_MS = 2000;

/**
 * Answers what a page asks of a worker. `VERSION` → {version}; `SKIP_WAITING` → {switched: true}, or {busy: true}
 * if a form is open elsewhere. Each other tab is asked `MAY_SWITCH` → {busy}.
 *
 * @param {any} scope the worker's global scope
 * @param {string} version
 * @param {{data: any, ports: readonly MessagePort[], source: any}} message
 * @param {number} [patience] ms
 */
export async function answer(scope, version, { data, ports: [port], source }, patience = PATIENCE_MS) {
  if (data?.type === "VERSION") return port?.postMessage({ version });
  if (data?.type !== "SKIP_WAITING") return undefined;
  const tabs = await scope.clients.matchAll({ type: "window", includeUncontrolled: true });
  const others = tabs.filter((/** @type {any} */ tab) => tab.id !== source?.id && new URL(tab.url).pathname.startsWith("/app/"));
  const busy = await Promise.all(others.map((/** @type {any} */ tab) => isBusy(tab, patience)));
  if (busy.includes(true)) return port?.postMessage({ busy: true });
  await scope.skipWaiting();
  return port?.postMessage({ switched: true });
}

/** @param {any} tab @param {number} patience @returns {Promise<boolean>} whether a form is open there */
function isBusy(tab, patience) {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    const said = (/** @type {boolean} */ busy) => {
      clearTimeout(timer);
      port1.close();
      resolve(busy);
    };
    const timer = setTimeout(said, patience, false);
    port1.onmessage = ({ data }) => said(data?.busy === true);
    tab.postMessage({ type: "MAY_SWITCH" }, [port2]);
  });
}
