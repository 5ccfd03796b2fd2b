/**
 * Tells every open tab that something stored has changed. Knows nothing of what it was.
 */

/** What a tap is answered with is drawn in this time. */
const A_MOMENT_MS = 60;

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

/**
 * The same, once for each burst of changes and a moment after it, so that nothing stands in the way of what is drawn.
 *
 * @param {() => void} listener
 * @returns {() => void} stops listening
 */
export function changedLately(listener) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let waiting;
  const later = () => {
    waiting = undefined;
    listener();
  };
  return changed(() => void (waiting ??= setTimeout(later, A_MOMENT_MS)));
}

function tell() {
  for (const listener of listeners) listener();
}
