/**
 * Sends one photo in parts, from where the store says that it is, and learns how far it has come. Only
 * the centre's signature says that it is there. Knows nothing of when to send.
 */
import { isCentres, readWord } from "../crypto/photo.js";
import { setAside } from "../store/aside.js";
import { learnPhoto, letGoOfPhoto, photoBytes } from "../store/photos.js";
import { digest } from "./chain.js";
import { Refusal, refusalOf } from "./http.js";
import { speaksProtocol } from "./retry.js";

const PART_MAX = 256 * 1024;
/** What 2 kB/s carry well within a time-out. */
const PART_MIN = 16 * 1024;
/** Answers in a row that bring nothing forward, before it is left for later. */
const PATIENCE = 3;
const RETENTION_MS = 72 * 3600 * 1000;
/** What no retry will better, but a newer store may. */
const UNTAKEN = new Set([400, 413, 415]);

/** @typedef {import("../store/database.js").Database} Database */
/** @typedef {import("../store/photos.js").PhotoRow} PhotoRow */
/** @typedef {import("../store/photos.js").Signed} Signed */
/** @typedef {import("./http.js").Peer} Peer */
/** @typedef {{offset: number, word: Signed | null, untaken: string | null, isAbsent: boolean}} Told */

/** Parts as large as the way carries in time: smaller after each time-out, larger again with each that came through. */
export class Pace {
  part = PART_MAX;

  slower() {
    const before = this.part;
    this.part = Math.max(PART_MIN, Math.floor(this.part / 4));
    return this.part < before;
  }

  faster() {
    this.part = Math.min(PART_MAX, this.part * 2);
  }
}

/**
 * Sends what the store lacks of one photo; a photo that the centre has is only asked for.
 *
 * @param {Database} db
 * @param {Peer} peer
 * @param {string} centreKey
 * @param {PhotoRow} photo
 * @param {{pace: Pace, turn: () => Promise<void>, now: string}} way turn: lets records go first, before
 *   each part; now: the home store's clock
 * @returns {Promise<void>} rejects with Refusal; what the store has by then, it keeps
 */
export async function sendPhoto(db, peer, centreKey, photo, { pace, turn, now }) {
  let told = await heard(await ask(peer, photo), centreKey, photo);
  if (!told.isAbsent && told.offset < photo.size && !told.word) {
    const bytes = await soundBytes(db, photo);
    if (!bytes) return;
    told = await sendParts({ peer, centreKey, photo, bytes, pace, turn }, told);
  }
  await learn(db, photo, told, now);
}

/**
 * @param {{peer: Peer, centreKey: string, photo: PhotoRow, bytes: Uint8Array<ArrayBuffer>, pace: Pace, turn: () => Promise<void>}} sending
 * @param {Told} told
 * @returns {Promise<Told>}
 */
async function sendParts({ peer, centreKey, photo, bytes, pace, turn }, told) {
  for (let idle = 0; told.offset < photo.size && !told.untaken && !told.isAbsent; ) {
    await turn();
    const before = told.offset;
    try {
      const part = bytes.subarray(before, before + pace.part);
      told = await heard(await patch(peer, photo, before, part), centreKey, photo);
      if (told.offset > before) pace.faster();
    } catch (error) {
      if (!(error instanceof Refusal) || error.reason !== "timeout" || !pace.slower()) throw error;
      told = await heard(await ask(peer, photo), centreKey, photo);
    }
    idle = told.offset > before ? 0 : idle + 1;
    if (idle >= PATIENCE) throw new Refusal("retryable", "stuck");
  }
  return told;
}

/** @param {Peer} peer @param {PhotoRow} photo */
function ask(peer, { sha256 }) {
  return peer.exchange(`/sync/v1/blobs/${sha256}`, { method: "HEAD" });
}

/** @param {Peer} peer @param {PhotoRow} photo @param {number} offset @param {Uint8Array<ArrayBuffer>} part */
function patch(peer, { sha256, size }, offset, part) {
  const headers = {
    "Content-Type": "application/offset+octet-stream",
    "Upload-Length": String(size),
    "Upload-Offset": String(offset),
  };
  return peer.exchange(`/sync/v1/blobs/${sha256}`, { method: "PATCH", headers, body: part });
}

/**
 * @param {import("./http.js").Exchange} answer
 * @param {string} centreKey
 * @param {PhotoRow} photo
 * @returns {Promise<Told>} rejects with Refusal unless it is a store's own word on this photo
 */
async function heard(answer, centreKey, photo) {
  const { status, headers } = answer;
  const own = speaksProtocol(headers);
  if (own && status === 404) return { offset: 0, word: null, untaken: null, isAbsent: true };
  if (own && UNTAKEN.has(status)) return { offset: 0, word: null, untaken: String(status), isAbsent: false };
  const offset = headers.get("Upload-Offset")?.trim() ?? "";
  const speaksOfIt = status === 200 || status === 204 || status === 409;
  if (!own || !speaksOfIt || !/^[0-9]{1,15}$/.test(offset) || Number(offset) > photo.size) throw refusalOf(answer);
  const word = readWord(headers.get("Fieldlog-Blob-Centre"));
  const isTrue = word && (await isCentres(centreKey, photo, word));
  return { offset: Number(offset), word: isTrue ? word : null, untaken: null, isAbsent: false };
}

/**
 * The bytes, if they still are what the record names; else they are set aside as they are, and nothing false is sent.
 *
 * @param {Database} db
 * @param {PhotoRow} photo
 */
async function soundBytes(db, { sha256 }) {
  const bytes = await photoBytes(db, sha256).catch(() => null);
  if (bytes && (await digest(bytes)) === sha256) return bytes;
  await setAside(db, [{ table: "photoBytes", key: sha256, row: bytes && { sha256, bytes }, why: "unreadable" }]);
  await learnPhoto(db, sha256, { state: "damaged" });
  return null;
}

/**
 * The first word of the centre's present life starts the retention window; a later one of the same life,
 * 72 hours on by the store's clock, ends it. A centre that has it no more was restored: it is sent again.
 *
 * @param {Database} db
 * @param {PhotoRow} photo
 * @param {Told} told
 * @param {string} now
 */
async function learn(db, { sha256, size, state, signed, refused }, { offset, word, untaken, isAbsent }, now) {
  if (word && signed?.inc === word.inc) {
    const isRipe = Date.parse(now) - Date.parse(signed.at) >= RETENTION_MS;
    return isRipe ? letGoOfPhoto(db, sha256) : undefined;
  }
  if (word) return learnPhoto(db, sha256, { state: "centre", signed: word, refused: null });
  const come = !isAbsent && !untaken && offset === size ? "node" : "phone";
  if (come === state && untaken === refused) return undefined;
  return learnPhoto(db, sha256, { state: come, signed: null, refused: untaken });
}
