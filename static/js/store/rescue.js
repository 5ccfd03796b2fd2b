/**
 * What this phone still holds, locked or not, as rescue files that only the centre can open: every log from what was let
 * go on, as it would be sent; rows set aside, raw; photos that wait. One file speaks for one device.
 */
import { RESCUE_MAX, seal } from "../crypto/rescue.js";
import { encode } from "../sync/bytes.js";
import { render } from "../sync/messages.js";
import { nextSection } from "../sync/sender.js";
import { APP } from "./app.js";
import { asideRows } from "./aside.js";
import { carry } from "./carried.js";
import { database, reading } from "./database.js";
import { isAtHand } from "./logs.js";
import { openLogs, source, unsignedLogs } from "./outbox.js";
import { photoBytes, waitingPhotos } from "./photos.js";
import { plain } from "./plain.js";
import { stored } from "./profile.js";
import { asSealed, photoAsSealed, pushesAsSealed, SEALED, whatOpens } from "./rescue_locked.js";
import { allOpen, isShut, open } from "./sealing.js";

/** The seal's own lines and tags, generously. */
const FILE_ROOM = RESCUE_MAX - 1024 * 1024;

/** @typedef {import("./database.js").Database} Database */
/** @typedef {import("./logs.js").LogRow} LogRow */
/** @typedef {import("../crypto/rescue.js").Part} Part */

/**
 * @param {Database} [db]
 * @param {Date} [now]
 * @returns {Promise<{name: string, blob: Blob}[]>} none if the phone holds nothing; rejects if it was never enrolled
 */
export async function rescueFiles(db = database(), now = new Date()) {
  const known = await allOpen("profiles", await stored(db));
  if (!known.length) throw new Error("nobody was ever enrolled: no centre could open it");
  /** @type {{name: string, blob: Blob}[]} */
  const files = [];
  for (const [device, parts] of await partsByDevice(db, known[0].device)) {
    const who = known.find((one) => one.device === device);
    const { store, centreKey } = who ?? known[0];
    const opening = parts.some(({ kind }) => SEALED.has(kind)) ? await whatOpens(db, who) : [];
    const about = { device, store, made_at: now.toISOString(), app: APP, token: who?.token ?? null };
    for (const some of fitting(parts)) {
      const name = `fieldlog-${now.toISOString().slice(0, 16).replace(/\D/g, "")}-${files.length + 1}.rescue`;
      files.push({ name, blob: await seal([...opening, ...some], about, centreKey) });
    }
  }
  return files;
}

/**
 * What nobody here can unlock any more is carried to the centre as such a file, with the next contact; the rows
 * stay until the centre has signed for them.
 *
 * @param {Database} [db]
 */
export async function carryShut(db = database()) {
  if ((await unsignedLogs(db)).every(isAtHand)) return;
  for (const { name, blob } of await rescueFiles(db)) await carry(new File([blob], name), db);
}

/**
 * @param {Database} db
 * @param {string} own the device that rows and photos go with
 * @returns {Promise<Map<string, Part[]>>}
 */
async function partsByDevice(db, own) {
  /** @type {Map<string, Part[]>} */
  const devices = new Map();
  const put = (/** @type {string} */ device, /** @type {Part[]} */ parts) =>
    parts.length && devices.set(device, [...(devices.get(device) ?? []), ...parts]);
  for (const log of await openLogs(db)) put(log.device || own, await (isAtHand(log) ? pushes(db, log) : pushesAsSealed(db, log)));
  put(own, await rows(db));
  put(own, await photos(db));
  return devices;
}

/** @param {Database} db @param {LogRow} log @returns {Promise<Part[]>} all that it holds, signed for or not: the centre may be restored */
async function pushes(db, log) {
  const parts = [];
  const own = source(db, log);
  for (let known = log.base; known < log.seq; ) {
    const section = await nextSection(own, known, { now: new Date().toISOString() });
    if (!section) break;
    parts.push({ kind: /** @type {const} */ ("push"), bytes: render([section]) });
    known += section.lines.length;
  }
  return parts;
}

/** @param {Database} db @returns {Promise<Part[]>} what was set aside, and entries that no store took */
async function rows(db) {
  const kept = await asideRows(db);
  const aside = kept.filter((one) => !isShut(one)).map(({ table, key, row }) => ({ table, key, row }));
  const shut = kept.filter(isShut).map((one) => asSealed("aside", one));
  const left = await reading(db, () => db.table("records").filter((row) => Boolean(row.aside)).toArray());
  for (const { log, seq } of left) {
    const row = await reading(db, () => db.table("entries").get([log, seq])).then((one) => open("entries", one), () => null);
    if (isShut(row)) shut.push(asSealed("entries", row));
    else if (row) aside.push({ table: "entries", key: [log, seq], row });
  }
  const read = aside.map(({ table, key, row }) => ({
    kind: /** @type {const} */ ("row"),
    table,
    key: JSON.stringify(key),
    bytes: encode(plain(row)),
  }));
  return [...read, ...shut];
}

/** @param {Database} db @returns {Promise<Part[]>} */
async function photos(db) {
  const parts = [];
  for (const { sha256, mime } of await waitingPhotos(db)) {
    const bytes = await photoBytes(db, sha256).catch(() => null);
    const part = bytes ? { kind: /** @type {const} */ ("photo"), bytes, sha256, mime } : await photoAsSealed(db, sha256, mime);
    if (part) parts.push(part);
  }
  return parts;
}

/** @param {Part[]} parts @returns {Part[][]} as few files as the limit allows, in order: records first */
function fitting(parts) {
  /** @type {Part[][]} */
  const files = [];
  let room = 0;
  for (const part of parts) {
    const size = part.bytes instanceof Blob ? part.bytes.size : part.bytes.length;
    if (!files.length || size > room) {
      files.push([]);
      room = FILE_ROOM;
    }
    files[files.length - 1].push(part);
    room -= size;
  }
  return files;
}
