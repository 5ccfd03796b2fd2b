/** How much room the phone gives us and whether it may clear it. Reads no record. */

/**
 * @typedef {object} Storage
 * @property {number} used bytes
 * @property {number|null} left bytes that the browser says are left: a promise of the browser's, not of the disk's
 * @property {boolean} persisted whether the phone leaves our storage alone when it needs room
 */

/** @returns {Promise<Storage|null>} null: the browser doesn't say */
export async function room() {
  const { storage } = navigator;
  if (!storage?.estimate) return null;
  const { usage = 0, quota } = await storage.estimate();
  const persisted = (await storage.persisted?.()) ?? false;
  return { used: usage, left: quota === undefined ? null : Math.max(0, quota - usage), persisted };
}
