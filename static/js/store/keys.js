/**
 * The phone's data keys as they lie in storage: each wrapped by its profiles' PINs or passkeys and for the
 * centre, and sealed by itself, so that whoever has unlocked it can let another in. Opening them begins a shift.
 */
import { seal as sealForCentre } from "../crypto/rescue.js";
import { dataKey, seal, unseal } from "../crypto/seal.js";
import { unwrap, wrapWithPasskey, wrapWithPin } from "../crypto/wrap.js";
import { hex, random } from "../sync/bytes.js";
import { APP } from "./app.js";
import { announce } from "./changes.js";
import { database, NotSaved, reading, writing } from "./database.js";
import { begun, passed } from "./pace.js";
import { enrolled, switchTo } from "./profile.js";
import { unlock, unlocked } from "./ring.js";
import { sealAll } from "./seal_all.js";

/** @typedef {import("./database.js").Database} Database */
/** @typedef {import("../crypto/seal.js").DataKey} DataKey */
/** @typedef {import("../crypto/wrap.js").Wrapped} Wrapped */
/** @typedef {string | {secret: Uint8Array, credential: Uint8Array}} Secret a PIN, or a passkey's */
/** @typedef {{account: string, number: number, by: "pin" | "passkey", credential?: Uint8Array}} Door number: which of the phone's profiles, 1, 2, 3 … */

/**
 * @typedef {object} KeyRow
 * @property {string} id
 * @property {number} made ms
 * @property {Uint8Array} own the raw key, sealed by itself
 * @property {Uint8Array} centre the raw key, as a rescue file that only the centre opens
 * @property {Record<string, Wrapped>} wraps by account
 */

export const SHIFT_MS = 12 * 3_600_000;

/** It opens nothing here. */
export class Wrong extends Error {
  /** @param {number} left how many tries are left */
  constructor(left) {
    super("wrong");
    this.left = left;
  }
}

/**
 * Who can unlock this phone, in the order of enrolment. Who signed out does so only where nobody else can, for
 * what is unsent.
 *
 * @param {Database} [db]
 * @returns {Promise<Door[]>} none where nothing is sealed
 */
export async function doors(db = database()) {
  const rows = await keyRows(db);
  const known = await enrolled(db);
  const all = known.flatMap(({ account, signedOut }, i) => {
    const wrap = rows.map((row) => row.wraps[account]).find(Boolean);
    return wrap ? [{ account, number: i + 1, by: wrap.by, credential: wrap.credential, signedOut }] : [];
  });
  const present = all.filter((one) => !one.signedOut);
  return present.length ? present : all;
}

/**
 * Lets somebody who is enrolled here unlock from now on: with the keys at hand, else with a new one. What lies
 * in clear is sealed then.
 *
 * @param {Pick<import("./profile.js").Profile, "account" | "device" | "store" | "centreKey">} who
 * @param {Secret} secret
 * @param {Database} [db]
 */
export async function letIn(who, secret, db = database()) {
  const { account } = who;
  const kept = await atHand(db);
  const keys = kept.length ? kept : [await newKey(db, who, secret)];
  if (kept.length) await wrapAll(db, keys, account, secret);
  await passed(db, account);
  unlock({ keys, account, until: Date.now() + SHIFT_MS });
  await sealAll(db, keys[0]);
  announce();
}

/**
 * Begins a shift; whoever unlocks is who writes.
 *
 * @param {string} account
 * @param {string | Uint8Array} secret the PIN, or what the passkey gives
 * @param {Database} [db]
 * @returns {Promise<void>} rejects with Wrong or NotYet
 */
export async function open(account, secret, db = database()) {
  const left = await begun(db, account);
  const keys = await keysFor(db, account, secret);
  if (!keys.length) throw new Wrong(left);
  await passed(db, account);
  // Before anything is shown, or it would be somebody else's for a moment.
  await switchTo(account, db);
  unlock({ keys, account, until: Date.now() + SHIFT_MS });
  await sealAll(db, keys[0]).catch(unlessFull);
}

/**
 * Another PIN, or a passkey, in place of the one so far.
 *
 * @param {string} account
 * @param {string | Uint8Array} old
 * @param {Secret} next
 * @param {Database} [db]
 * @returns {Promise<void>} rejects with Wrong or NotYet
 */
export async function change(account, old, next, db = database()) {
  const left = await begun(db, account);
  const keys = await keysFor(db, account, old);
  if (!keys.length) throw new Wrong(left);
  await passed(db, account);
  await wrapAll(db, keys, account, next);
}

/** @param {Database} db @returns {Promise<KeyRow[]>} the latest first */
export async function keyRows(db) {
  const rows = await reading(db, () => db.table("keys").toArray());
  return rows.sort((a, b) => b.made - a.made);
}

/** A full disk hinders no shift: what is still in clear is sealed the next time. @param {unknown} error */
function unlessFull(error) {
  if (!(error instanceof NotSaved)) throw error;
}

/** Without those that went away with a storage that was cleared. @param {Database} db @returns {Promise<DataKey[]>} */
async function atHand(db) {
  const ids = (await keyRows(db)).map(({ id }) => id);
  return (unlocked()?.keys ?? []).filter(({ id }) => ids.includes(id));
}

/** @param {Database} db @param {string} account @param {string | Uint8Array} secret @returns {Promise<DataKey[]>} none if it is the wrong one */
async function keysFor(db, account, secret) {
  const keys = [];
  for (const { id, wraps } of await keyRows(db)) {
    const raw = wraps[account] && (await unwrap(secret, placeOf(id, account), wraps[account]));
    if (raw) keys.push(await dataKey(id, raw));
  }
  return keys;
}

/** @param {Database} db @param {Parameters<typeof letIn>[0]} who @param {Secret} secret @returns {Promise<DataKey>} */
async function newKey(db, who, secret) {
  const [id, raw] = [hex(random(8)), random(32)];
  const key = await dataKey(id, raw);
  const about = { device: who.device, store: who.store, made_at: new Date().toISOString(), app: APP, token: null };
  const centre = await sealForCentre([{ kind: "key", bytes: raw, id }], about, who.centreKey);
  /** @type {KeyRow} */
  const row = {
    id, made: Date.now(),
    own: await seal(key, `keys ${id}`, raw),
    centre: new Uint8Array(await centre.arrayBuffer()),
    wraps: { [who.account]: await wrap(secret, placeOf(id, who.account), raw) },
  };
  await writing(db, ["keys"], () => db.table("keys").add(row));
  return key;
}

/** @param {Database} db @param {DataKey[]} keys @param {string} account @param {Secret} secret */
async function wrapAll(db, keys, account, secret) {
  for (const key of keys) {
    const { own } = await reading(db, () => db.table("keys").get(key.id));
    const raw = await unseal(key, `keys ${key.id}`, own);
    if (!raw) throw new Error(`key ${key.id} is damaged`);
    const made = await wrap(secret, placeOf(key.id, account), raw);
    await writing(db, ["keys"], () => db.table("keys").where({ id: key.id }).modify((row) => void (row.wraps[account] = made)));
  }
}

/** @param {Secret} secret @param {string} place @param {Uint8Array} raw */
function wrap(secret, place, raw) {
  return typeof secret === "string" ? wrapWithPin(secret, place, raw) : wrapWithPasskey(secret.secret, secret.credential, place, raw);
}

/** @param {string} id @param {string} account */
const placeOf = (id, account) => `${id} ${account}`;
