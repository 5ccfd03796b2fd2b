/** Asks the phone to spare our storage when it needs room. Reads no record. */

/**
 * Asked after the first save, when there is something to spare, and by a tap; never waited for by a save.
 *
 * @returns {Promise<boolean>} the phone's answer
 */
export async function askToBeSpared() {
  const { storage } = navigator;
  return (await storage?.persisted?.()) || (await storage?.persist?.()) || false;
}
