/** How much room the phone gives us and whether it may clear it; asks once to be spared. */

/** @typedef {{used: number, persisted: boolean}} Storage  used: bytes */

/** @param {(storage: Storage) => void} tell */
export async function keepStorage(tell) {
  const { storage } = navigator;
  if (!storage?.estimate) return;
  const persisted = (await storage.persisted?.()) || (await storage.persist?.()) || false;
  tell({ used: (await storage.estimate()).usage ?? 0, persisted });
}
