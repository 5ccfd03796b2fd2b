/**
 * Who writes on this phone: the enrolled account, its device, its token. Enrolling again changes the
 * author of what is written next and deletes nothing.
 */
import { enrolWith } from "../sync/http.js";
import { announce } from "./changes.js";
import { database, recall, remember } from "./database.js";

/**
 * @typedef {object} Profile
 * @property {string} account
 * @property {string} org
 * @property {string} device
 * @property {string} name
 * @property {string} token
 * @property {string} store
 * @property {string} centreKey
 */

/** @param {import("./database.js").Database} [db] @returns {Promise<Profile | null>} */
export function profile(db = database()) {
  return recall(db, "profile");
}

/**
 * Trades a one-time code for a token at the home store.
 *
 * @param {string} code
 * @param {string} name what the phone is called, "Pixel 7"
 * @param {{db?: import("./database.js").Database, peer?: import("../sync/http.js").Peer}} [options]
 * @returns {Promise<Profile>} rejects with a Refusal of sync/http.js
 */
export async function enrol(code, name, { db = database(), peer } = {}) {
  const given = await enrolWith(code, name, peer);
  const { token, device, account, org, store, centre_key: centreKey } = given;
  const made = { token, device, account, org, store, centreKey, name };
  await remember(db, "profile", made);
  announce();
  return made;
}
