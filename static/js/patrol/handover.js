/**
 * A page that starts itself again asks nobody for the PIN: the open keys wait meanwhile in the worker's memory,
 * where takeover.js asks for them. What ends the app otherwise leaves nothing there.
 */
import { unlocked } from "../store/ring.js";

/** @param {ServiceWorker | null} [to] who serves the page that comes */
export function handOver(to = navigator.serviceWorker?.controller ?? null) {
  const shift = unlocked();
  if (shift) to?.postMessage({ type: "HOLD_KEYS", shift });
}
