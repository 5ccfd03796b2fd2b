/**
 * The map this phone keeps for offline: the outline always; a basemap by itself when it is small, else when it is
 * asked for. Knows no screen and no record; losing all of it loses nothing that was written.
 */

import { room } from "../room.js";

const CACHE = "fieldlog-map";
const INFO = "/map/now.json";
/** Kept without being asked: a few minutes on a bad line. */
export const BY_ITSELF = 15_000_000;
/** Records come first: a basemap is kept only where this many times its size is left. */
const SPARE = 4;

/**
 * @typedef {{url: string, sha256: string, bytes: number, attribution?: string}} Listed as the server lists it
 * @typedef {Listed & {fetched: string}} Kept
 * @typedef {{outline: Kept|null, basemap: Kept|null, offered: Listed|null}} Holding
 *   offered: a basemap that the server has and this phone has not
 */

/** @returns {Promise<Holding>} */
export async function holding() {
  const answer = await (await open())?.match(INFO);
  return answer ? answer.json() : { outline: null, basemap: null, offered: null };
}

/** The kept outline as GeoJSON. @param {Holding} held */
export async function outlineOf({ outline }) {
  const answer = outline && (await (await open())?.match(outline.url));
  return answer ? answer.json() : null;
}

/** The kept basemap: a file that is read by pieces, never whole. @param {Holding} held @returns {Promise<File|null>} */
export async function basemapOf({ basemap }) {
  const answer = basemap && (await (await open())?.match(basemap.url));
  return answer ? new File([await answer.blob()], basemap.sha256) : null;
}

/**
 * Fetch what is new, and let go of what it replaces. Without a network, or where a portal answers, all stays as
 * it is until the next time.
 *
 * @param {{asked?: boolean}} [how] asked: keep the basemap whatever its size
 * @returns {Promise<Holding>}
 */
export async function refresh({ asked = false } = {}) {
  const before = await holding();
  const [cache, listed] = await Promise.all([open(), list()]);
  if (!cache || !listed) return before;
  const outline = await kept(cache, listed.outline, before.outline);
  const wanted = listed.basemap && (asked || before.basemap || listed.basemap.bytes <= BY_ITSELF) && (await hasRoomFor(listed.basemap));
  const basemap = listed.basemap && (wanted ? await kept(cache, listed.basemap, before.basemap) : before.basemap);
  const offered = basemap?.sha256 === listed.basemap?.sha256 ? null : listed.basemap;
  return settle(cache, { outline, basemap, offered });
}

/** Let go of the basemap. It is offered again, and comes by itself no more than a large one does. */
export async function letGo() {
  const cache = await open();
  const { outline, basemap } = await holding();
  return cache && basemap ? settle(cache, { outline, basemap: null, offered: basemap }) : holding();
}

const open = async () => ("caches" in globalThis ? caches.open(CACHE) : null);

/** What the server has; null when it can't be told. @returns {Promise<{outline: Listed|null, basemap: Listed|null}|null>} */
async function list() {
  try {
    const answer = await fetch(INFO, { cache: "no-cache" });
    const told = answer.ok ? await answer.json() : null;
    return told && "outline" in told && "basemap" in told ? told : null;
  } catch {
    return null; // no network, or a page that is no list
  }
}

/**
 * The file under this name, fetched unless it is here; what was kept before where that fails.
 *
 * @param {Cache} cache @param {Listed|null} listed @param {Kept|null} before @returns {Promise<Kept|null>}
 */
async function kept(cache, listed, before) {
  if (!listed || listed.sha256 === before?.sha256) return listed && before;
  try {
    const answer = await fetch(listed.url, { integrity: `sha256-${base64(listed.sha256)}`, cache: "no-store" });
    if (!answer.ok) return before;
    await cache.put(listed.url, answer);
    return { ...listed, fetched: new Date().toISOString() };
  } catch {
    return before; // broken off, not what it should be, or no room
  }
}

/** Write down what is kept, then drop the rest. @param {Cache} cache @param {Holding} now */
async function settle(cache, now) {
  await cache.put(INFO, Response.json(now));
  const stays = [INFO, now.outline?.url, now.basemap?.url];
  for (const request of await cache.keys()) {
    if (!stays.includes(new URL(request.url).pathname)) await cache.delete(request);
  }
  return now;
}

/** @param {Listed} basemap */
async function hasRoomFor({ bytes }) {
  const found = await room();
  return found?.left == null || found.left > SPARE * bytes;
}

/** @param {string} hex */
const base64 = (hex) => btoa(String.fromCharCode(...(hex.match(/../g) ?? []).map((pair) => parseInt(pair, 16))));
