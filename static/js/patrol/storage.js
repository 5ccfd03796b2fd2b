/** How much room the phone gives us and whether it may clear it; asks to be spared. Reads no record. */

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

/**
 * Asked after the first save, when there is something to spare, and by a tap; never waited for by a save.
 *
 * @returns {Promise<boolean>} the phone's answer
 */
export async function askToBeSpared() {
  const { storage } = navigator;
  return (await storage?.persisted?.()) || (await storage?.persist?.()) || false;
}
