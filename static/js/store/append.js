/**
 * Writes one record into this phone's log: hash first, then compare-and-set on the log's head in one
 * strict transaction, again if the head moved. Resolves only when the phone would keep the record
 * through a flat battery. Knows nothing of sending.
 */
import { digest, link } from "../sync/chain.js";
import { announce } from "./changes.js";
import { check } from "./check.js";
import { database, recall, relieved, writing } from "./database.js";
import { currentLog, openLog } from "./logs.js";
import { compose } from "./payload.js";
import { keepPhotos, named, taken } from "./photos.js";
import { recordRow } from "./records.js";
import { allSealed, sealed, sealingKey } from "./sealing.js";

const STORES = ["logs", "entries", "records"];
const PHOTOS = ["photos", "photoBytes"];
const DRAFTS = ["drafts"];

/** The record breaks the rules of its type: the form must not have let it through. */
export class Invalid extends Error {}

/**
 * @typedef {import("./records.js").RecordRow} RecordRow
 * @typedef {{rid: string, log: string, seq: number, at: string, row: RecordRow | null}} Saved row: as lists show it;
 *   null where it had been written before
 */

/**
 * @param {string} t type, such as "visit"
 * @param {Record<string, any>} body
 * @param {{rid?: string, by?: string, org?: string, at?: Date, photos?: Blob[], drafts?: string[]}} [common] author
 *   and organisation, by default the profile's; the same `rid` again is the same record and is written once;
 *   photos are kept in the record's own transaction, and named in body.blobs; drafts are over with it
 * @param {import("./database.js").Database} [db]
 * @returns {Promise<Saved>}
 *   rejects with Invalid, TooLarge, NotEnrolled, Locked or NotSaved, and then nothing was written
 */
export async function append(t, body, common = {}, db = database()) {
  const called = performance.now();
  const [author, current, photos, key] = await Promise.all([
    authorOf(db, common),
    currentLog(db),
    Promise.all((common.photos ?? []).map(taken)),
    sealingKey(db),
  ]);
  const { record, bytes } = compose(t, named(body, photos), { ...common, ...author });
  const fault = check(record);
  if (fault) throw new Invalid(fault);
  const [payloadDigest, pictures] = await Promise.all([digest(bytes), allSealed(key, "photoBytes", photos)]);
  for (let log = current; ; log = await currentLog(db)) {
    log ??= await openLog(db, author);
    const seq = log.seq + 1;
    const hash = await link(log.head, seq, payloadDigest);
    const entry = { log: log.log, seq, digest: payloadDigest, hash, payload: bytes };
    const row = recordRow(record, entry);
    const kept = await Promise.all([sealed(key, "entries", entry), sealed(key, "records", row)]);
    const saved = await relieved(() => writeIfHead(db, log, [...kept, pictures], row, common.drafts ?? []));
    if (saved) {
      performance.measure("fieldlog:append", { start: called, end: performance.now() });
      announce();
      return saved;
    }
  }
}

/** Nobody is enrolled on this phone, so a record would have no author. */
export class NotEnrolled extends Error {}

/** @param {import("./database.js").Database} db @param {{by?: string, org?: string}} common */
async function authorOf(db, common) {
  const profile = await recall(db, "profile");
  if (!profile) throw new NotEnrolled("no profile");
  return { by: common.by ?? profile.account, org: common.org ?? profile.org };
}

/**
 * @param {import("./database.js").Database} db
 * @param {import("./logs.js").LogRow} log as it was when the entry was hashed
 * @param {[import("./logs.js").Entry, RecordRow, import("./photos.js").Taken[]]} kept as it is to be stored
 * @param {RecordRow} shown
 * @param {string[]} drafts that are over
 * @returns {Promise<Saved | null>} null if the head moved
 */
function writeIfHead(db, log, [entry, row, photos], shown, drafts) {
  const stores = [...STORES, ...(photos.length ? PHOTOS : []), ...(drafts.length ? DRAFTS : [])];
  return writing(db, stores, async () => {
    // Side by side: each answer waited for is a way to the browser's storage and back.
    const [before, now] = await Promise.all([
      db.table("records").get({ rid: row.rid }),
      db.table("logs").get(log.log),
    ]);
    const over = () => Promise.all(drafts.map((name) => db.table("drafts").delete(name)));
    if (before) {
      await over();
      return { rid: before.rid, log: before.log, seq: before.seq, at: before.at ?? shown.at, row: null };
    }
    if (now?.state !== "open" || now.seq !== log.seq || now.head !== log.head) return null;
    await Promise.all([
      db.table("entries").add(entry),
      db.table("records").add(row),
      db.table("logs").put({ ...now, seq: entry.seq, head: entry.hash }),
      photos.length ? keepPhotos(db, photos, row.rid) : null,
      over(),
    ]);
    return { rid: row.rid, log: log.log, seq: entry.seq, at: shown.at, row: shown };
  });
}
