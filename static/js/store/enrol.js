/**
 * Enrolment on this phone: what the home store gave is kept, and whoever was enrolled before stays known. Deletes
 * nothing.
 */
import { enrolWith } from "../sync/http.js";
import { database } from "./database.js";
import { become, sender } from "./profile.js";
import { sealed, sealingKey } from "./sealing.js";

/** @typedef {import("./profile.js").Profile} Profile */

/**
 * Trades a one-time code for a token at the home store. A phone that was enrolled before stays the same device.
 *
 * @param {string} code
 * @param {string} name what the phone is called, "Pixel 7"
 * @param {{db?: import("./database.js").Database, peer?: import("../sync/http.js").Peer, letIn?: (who: Profile) => Promise<void>}} [options]
 *   letIn: makes sure that what is kept is sealed, before any of it is
 * @returns {Promise<Profile>} rejects with a Refusal of sync/http.js
 */
export async function enrol(code, name, { db = database(), peer, letIn } = {}) {
  const known = await sender(db);
  const given = await enrolWith(code, name, known?.token ?? "", peer);
  const { token, device, account, org, store, centre_key: centreKey, last_log: lastLog = null } = given;
  const made = { token, device, account, org, store, centreKey, name };
  await letIn?.(made);
  await become(db, await sealed(await sealingKey(db), "profiles", made), async () => {
    const isEmpty = (await db.table("logs").count()) === 0;
    await db.table("meta").put({ name: "cookieAt", value: Date.now() });
    if (isEmpty && lastLog) await db.table("meta").put({ name: "evicted", value: { device, lastLog } });
  });
  return made;
}
