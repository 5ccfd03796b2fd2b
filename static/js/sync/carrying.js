/**
 * Hands on colleagues' rescue files. Only the centre's signature over a file's hash lets go of it.
 */
import { isTaken } from "../crypto/taken.js";
import { carried, carriedBytes, learnCarried } from "../store/carried.js";
import { Refusal, refusalOf } from "./http.js";
import { classify } from "./retry.js";

/** @typedef {import("../store/database.js").Database} Database */

/**
 * @param {Database} db
 * @param {import("./http.js").Peer} peer
 * @param {string} centreKey
 * @param {() => Promise<void>} turn lets records go first, before each file
 * @returns {Promise<boolean>} whether any came farther than it was; rejects with Refusal
 */
export async function handOn(db, peer, centreKey, turn) {
  let farther = false;
  for (const { sha256, state: before } of await carried(db)) {
    if (before === "centre") continue;
    const bytes = await carriedBytes(db, sha256);
    if (!bytes) continue;
    await turn();
    const state = await handOnOne(db, peer, centreKey, { sha256, bytes });
    farther ||= state !== null && state !== before;
  }
  return farther;
}

/**
 * @param {Database} db
 * @param {import("./http.js").Peer} peer
 * @param {string} centreKey
 * @param {{sha256: string, bytes: Uint8Array<ArrayBuffer>}} file
 * @returns {Promise<"node" | "centre" | null>} where it is now; null: refused
 */
async function handOnOne(db, peer, centreKey, { sha256, bytes }) {
  const headers = { "Content-Type": "application/octet-stream" };
  const answer = await peer.exchange("/sync/v1/rescue", { method: "POST", headers, body: bytes });
  const kind = classify(answer.status, answer.headers);
  if (kind === "refused" || kind === "halve") {
    await learnCarried(db, sha256, { refused: reasonOf(answer) });
    return null;
  }
  if (kind !== "ok") throw refusalOf(answer);
  const said = read(answer.bytes);
  if (said?.sha256 !== sha256) throw new Refusal("retryable", "portal");
  const state = (await isTaken(said, sha256, centreKey)) ? "centre" : "node";
  await learnCarried(db, sha256, { state, refused: null });
  return state;
}

/** @param {import("./http.js").Exchange} answer */
function reasonOf({ status, bytes }) {
  const { error } = read(bytes) ?? {};
  return typeof error === "string" ? error : String(status);
}

/** @param {Uint8Array} bytes @returns {any} */
function read(bytes) {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
