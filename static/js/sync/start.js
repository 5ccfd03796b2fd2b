/**
 * The way to the sender, which comes when the first screen stands: until then nothing is sent, and nothing that
 * is saved waits for it.
 */

/**
 * @typedef {object} SyncState
 * @property {boolean} sending
 * @property {number | null} lastContact ms, when the home store last answered
 * @property {string | null} lastError null, "network", "timeout", "portal", "redirect", "auth", or a status
 * @property {boolean} paused the store wants a new enrolment; nothing is sent until then, nothing is lost
 * @property {number | null} skew ms that the home store's clock was ahead of this phone's
 */

/** @type {SyncState} before anything is known */
export const UNKNOWN = { sending: false, lastContact: null, lastError: null, paused: false, skew: null };

/** @param {Parameters<typeof import("./run.js").start>[0]} options */
export async function start(options) {
  return (await import("./run.js")).start(options);
}

/** @returns {Promise<SyncState>} after one attempt, whatever the timer says */
export async function sendNow() {
  return (await import("./run.js")).sendNow();
}
