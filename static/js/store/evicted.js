/**
 * Notices that this phone's storage was cleared: it is empty, yet the home store once gave this browser a
 * device. Never a silent fresh start. Knows nothing of why it was cleared.
 */
import { Peer, Refusal } from "../sync/http.js";
import { database, recall } from "./database.js";

/** @typedef {{log: string, seq: number}} LastLog the log that the store last had from it, and how far */
/** @typedef {{device: string, lastLog: LastLog | null}} Evicted */

/**
 * The network is asked only where the storage is empty, and nobody is known here.
 *
 * @param {import("./database.js").Database} [db]
 * @param {Peer} [peer]
 * @returns {Promise<Evicted | null>} null: not that we know; also where nobody could be asked
 */
export async function evicted(db = database(), peer = new Peer("")) {
  const noticed = await recall(db, "evicted");
  if (noticed) return noticed;
  if ((await recall(db, "profile")) || (await recall(db, "profiles")) || (await db.table("logs").count())) return null;
  try {
    const { device, last_log: lastLog } = await peer.device();
    return device ? { device, lastLog } : null;
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}
