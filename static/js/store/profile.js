/**
 * Who writes on this phone: the enrolled account, its device, its token, and whoever else was enrolled
 * here. Enrolling, changing and logging out say whose the next record is, and delete nothing.
 */
import { announce } from "./changes.js";
import { database, recall, writing } from "./database.js";
import { allOpen, open } from "./sealing.js";

/**
 * @typedef {object} Profile
 * @property {string} account
 * @property {string} org
 * @property {string} device
 * @property {string} name sealed, like the token: neither is there while the phone is locked
 * @property {string} token
 * @property {string} store
 * @property {string} centreKey
 * @property {boolean} [signedOut] left on purpose: its token still sends, but it can't be changed back to
 */

/** @param {import("./database.js").Database} [db] @returns {Promise<Profile | null>} who writes now */
export async function profile(db = database()) {
  return open("profiles", await recall(db, "profile"));
}

/** @param {import("./database.js").Database} [db] @returns {Promise<Profile[]>} all who were enrolled here, the latest first */
export async function profiles(db = database()) {
  return allOpen("profiles", await stored(db));
}

/** @param {import("./database.js").Database} db @returns {Promise<any[]>} as they lie, sealed or not */
export async function stored(db) {
  return withProfile((await recall(db, "profiles")) ?? [], await recall(db, "profile"));
}

/** @param {import("./database.js").Database} db @returns {Promise<any[]>} the same in the order of enrolment, whoever writes now */
export async function enrolled(db) {
  return inPlace((await recall(db, "profiles")) ?? [], await recall(db, "profile")).reverse();
}

/**
 * Whose token sends: the present user's, else that of anyone who was enrolled here; nobody's while locked.
 *
 * @param {import("./database.js").Database} db
 * @returns {Promise<Profile | null>}
 */
export async function sender(db) {
  return (await profiles(db)).find((one) => one.token !== undefined) ?? null;
}

/**
 * Somebody else who was enrolled here writes from now on.
 *
 * @param {string} account
 * @param {import("./database.js").Database} [db]
 * @returns {Promise<Profile | null>} null if that needs a new code
 */
export async function switchTo(account, db = database()) {
  const known = (await stored(db)).find((one) => one.account === account && !one.signedOut);
  if (known) await become(db, known);
  return open("profiles", known ?? null);
}

/** Nobody writes until somebody is enrolled; what is unsent is still sent, with the token that is kept. @param {import("./database.js").Database} [db] */
export async function signOut(db = database()) {
  const leaving = await recall(db, "profile");
  if (leaving) await become(db, null, async () => {}, { ...leaving, signedOut: true });
}

/**
 * @param {import("./database.js").Database} db
 * @param {Profile | null} next who writes from now on, as it is to be stored
 * @param {() => Promise<void>} [also] in the same transaction
 * @param {Profile | null} [remembered] who is to be known here afterwards
 */
export async function become(db, next, also = async () => {}, remembered = next) {
  await writing(db, ["meta", "logs"], async () => {
    const meta = db.table("meta");
    const before = inPlace((await meta.get("profiles"))?.value ?? [], (await meta.get("profile"))?.value ?? null);
    await meta.put({ name: "profiles", value: inPlace(before, remembered) });
    await meta.put({ name: "profile", value: next });
    await also();
  });
  announce();
}

/** @param {Profile[]} list @param {Profile | null} one @returns {Profile[]} with it first, each account once */
function withProfile(list, one) {
  return one ? [one, ...list.filter((other) => other.account !== one.account)] : list;
}

/** @param {Profile[]} list @param {Profile | null} one @returns {Profile[]} with it where it stood, else first */
function inPlace(list, one) {
  const isKnown = list.some(({ account }) => account === one?.account);
  return one && isKnown ? list.map((other) => (other.account === one.account ? one : other)) : withProfile(list, one);
}
