/**
 * The data keys that this page holds while it is unlocked: in memory, never written. Tabs of one browser give
 * them to each other. Knows nothing of PINs, nor of what the keys open.
 */

/** @typedef {import("../crypto/seal.js").DataKey} DataKey */
/** @typedef {{keys: DataKey[], account: string, until: number}} Shift  keys: the one to seal with first; until: ms, the end of it */

/** @type {Shift | null} */
let shift = null;
/** @type {Set<() => void>} */
const listeners = new Set();
const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("fieldlog-keys");
// Outside a browser an open channel would keep the process alive.
/** @type {any} */ (channel)?.unref?.();
let isOurs = true;

if (channel) {
  channel.onmessage = ({ data }) => {
    if (data.type === "ask" && shift && isOurs) channel.postMessage({ type: "give", shift });
    if (data.type === "give" && !shift && isOurs && data.shift.until > Date.now()) take(data.shift);
    if (data.type === "lock") take(null);
  };
}

/** @param {Shift} opened held here, and by every other tab that is locked */
export function unlock(opened) {
  take(opened);
  channel?.postMessage({ type: "give", shift: opened });
}

/** @param {{others?: boolean}} [where] whether every tab locks */
export function lock({ others = true } = {}) {
  take(null);
  if (others) channel?.postMessage({ type: "lock" });
}

/** Another tab may be unlocked: it answers by `onLock`. */
export function askOthers() {
  channel?.postMessage({ type: "ask" });
}

/** A drill is another world: it neither asks for keys nor gives any; what locks the phone locks it too. */
export function standApart() {
  isOurs = false;
}

/** @returns {Shift | null} null while locked, and where nothing is sealed */
export function unlocked() {
  return shift;
}

/** @param {string} id @returns {DataKey | undefined} */
export function held(id) {
  return shift?.keys.find((one) => one.id === id);
}

/** @param {() => void} listener called when this page is locked or unlocked @returns {() => void} stops listening */
export function onLock(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @param {Shift | null} next */
function take(next) {
  shift = next;
  for (const listener of listeners) listener();
}
