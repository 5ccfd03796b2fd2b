/**
 * What goes into a rescue file while its key is not at hand: rows as they lie, sealed, with the key as it lies
 * wrapped for the centre. Nothing is opened for it. Twin of sync/rescue/locked.py.
 */
import { keyOf } from "../crypto/seal.js";
import { base64url, encode } from "../sync/bytes.js";
import { render } from "../sync/messages.js";
import { nextSection } from "../sync/sender.js";
import { reading } from "./database.js";
import { source } from "./outbox.js";
import { isShut, placeOf } from "./sealing.js";
import { readable } from "./sound.js";

/** @typedef {import("./database.js").Database} Database */
/** @typedef {import("../crypto/rescue.js").Part} Part */

/** Kinds of parts that need the phone's key. @type {Set<string>} */
export const SEALED = new Set(["sealed", "sealed_push"]);

/**
 * The keys, and the profile whose device it is: the token inside it proves whose the rest is.
 *
 * @param {Database} db
 * @param {any} who a profile as it lies
 * @returns {Promise<Part[]>}
 */
export async function whatOpens(db, who) {
  const rows = await reading(db, () => db.table("keys").toArray());
  const keys = rows.map(({ id, centre }) => ({ kind: /** @type {const} */ ("key"), id, bytes: centre }));
  return isShut(who) ? [...keys, asSealed("profiles", who)] : keys;
}

/** @param {string} table @param {any} row @returns {Part} */
export function asSealed(table, row) {
  const key = placeOf(table, row).slice(table.length + 1);
  return { kind: "sealed", table, key, bytes: row.sealed };
}

/** @param {Database} db @param {string} sha256 @param {string} mime @returns {Promise<Part | null>} null where it can't be had */
export async function photoAsSealed(db, sha256, mime) {
  const row = await reading(db, () => db.table("photoBytes").get(sha256)).catch(() => null);
  return isShut(row) ? { ...asSealed("photoBytes", row), sha256, mime } : null;
}

/** @param {Database} db @param {import("./logs.js").LogRow} log @returns {Promise<Part[]>} */
export async function pushesAsSealed(db, log) {
  const parts = [];
  const own = { ...source(db, log), lines: shutLines(db, log.log) };
  for (let known = log.base; known < log.seq; ) {
    const section = await nextSection(own, known, { now: new Date().toISOString() });
    if (!section) break;
    parts.push({ kind: /** @type {const} */ ("sealed_push"), bytes: render([section]) });
    known += section.lines.length;
  }
  return parts;
}

/** Lines whose payload is sealed, as text behind "~". @param {Database} db @param {string} log @returns {import("../sync/sender.js").Source["lines"]} */
const shutLines = (db, log) => async (first, most, room) => {
  const { rows } = await reading(db, () => readable(db, "entries", [log, first], [log, first + most - 1]));
  const lines = [];
  for (const { seq, digest, sealed } of rows) {
    const payload = keyOf(sealed) ? encode(`~${base64url(sealed)}`) : null;
    room -= (payload?.length ?? 65) + 1;
    if (room < 0 || seq !== first + lines.length) break;
    lines.push({ digest, payload });
  }
  return lines;
};
