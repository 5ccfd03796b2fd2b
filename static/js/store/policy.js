/**
 * What the organisation asks of its phones, as last heard: the lock, and whether photos may be taken. Not heard yet is
 * null: then nothing is asked.
 */
import { database, reading, recall, remember } from "./database.js";
import { unlocked } from "./ring.js";

/** @typedef {{lock: boolean, idleMinutes: number, photos?: boolean}} Policy  photos: absent as older versions of the app remember it */
/** @typedef {"locked" | "unset" | null} Lock  unset: a PIN is to be chosen first; null: nothing stands in the way */

/** @param {import("./database.js").Database} [db] @returns {Promise<Lock>} */
export async function lockState(db = database()) {
  if (unlocked()) return null;
  const [keys, policy, who] = await Promise.all([
    reading(db, () => db.table("keys").count()), recall(db, "lockPolicy"), recall(db, "profile"),
  ]);
  if (keys) return "locked";
  return who && policy?.lock ? "unset" : null;
}

/** @param {import("./database.js").Database} [db] @returns {Promise<Policy | null>} */
export function policy(db = database()) {
  return recall(db, "lockPolicy");
}

/** @param {typeof fetch} [ask] @param {import("./database.js").Database} [db] @returns {Promise<Policy>} rejects where nobody answers */
export async function askPolicy(ask = fetch, db = database()) {
  const answer = await ask("/app/lock.json", { signal: AbortSignal.timeout(15_000) });
  const { lock, idle_minutes: idleMinutes, photos = true } = await answer.json();
  if (typeof lock !== "boolean" || !Number.isSafeInteger(idleMinutes)) throw new TypeError("not a store's answer");
  const heard = { lock, idleMinutes, photos };
  await remember(db, "lockPolicy", heard);
  return heard;
}
