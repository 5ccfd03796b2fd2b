/**
 * Holds the open keys of a page that starts itself again, into a drill or a new version: in memory, for seconds,
 * given once. Knows not what they open.
 */

const HELD_MS = 10_000;

/** @type {unknown} */
let held = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Answers what a page asks of a worker. `HOLD_KEYS` → {shift} is held; `GIVE_KEYS` → the shift, or null.
 *
 * @param {{data: any, ports: readonly MessagePort[]}} message
 */
export function keys({ data, ports: [port] }) {
  if (data?.type === "HOLD_KEYS") {
    held = data.shift;
    clearTimeout(timer);
    timer = setTimeout(() => (held = null), HELD_MS);
  } else if (data?.type === "GIVE_KEYS") {
    port?.postMessage(held);
    held = null;
  }
}
