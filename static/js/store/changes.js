/**
 * Tells every open tab that something stored has changed. Knows nothing of what it was.
 */

/** @type {Set<() => void>} */
const listeners = new Set();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("fieldlog");
if (channel) channel.onmessage = () => tell();
// Outside a browser an open channel would keep the process alive.
/** @type {any} */ (channel)?.unref?.();

/** Says it here and in the other tabs; called after a transaction has completed. */
export function announce() {
  tell();
  channel?.postMessage(null);
}

/** @param {() => void} listener @returns {() => void} stops listening */
export function changed(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell() {
  for (const listener of listeners) listener();
}
