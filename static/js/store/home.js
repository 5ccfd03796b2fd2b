/**
 * What was last heard of the home store. Knows nothing of how it is asked.
 */
import { recall, remember } from "./database.js";

/**
 * @typedef {object} Home
 * @property {"node" | "centre"} role
 * @property {string} store
 * @property {string} inc
 * @property {Record<string, string>} ref
 * @property {string} now its clock then
 * @property {number} skew ms that it was ahead of the phone's
 */

/** @param {import("./database.js").Database} db @returns {Promise<Home | null>} */
export function home(db) {
  return recall(db, "home");
}

/** @param {import("./database.js").Database} db @param {import("../sync/messages.js").Answer} answer */
export function keepHome(db, { store, inc, role, ref, now }) {
  return remember(db, "home", { store, inc, role, ref, now, skew: Date.parse(now) - Date.now() });
}
