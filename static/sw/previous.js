/**
 * Keeps the scripts and styles of the version before, for tabs that still run it: they may ask for a piece
 * of themselves that no server has any more.
 */

const PREVIOUS = "fieldlog-previous";
/** As the build names them: with the hash of their content, so that no two versions share a name. */
const HASHED = /^\/static\/dist\/[\w.-]+-[0-9A-Z]{8}\.(js|css)$/;

/**
 * Call it while the new version is installed: the kept shell is then still the old one's.
 *
 * @param {CacheStorage} caches
 * @param {string} precache name of the cache that holds the kept shell
 * @param {string[]} coming paths of the new version
 */
export async function keepPrevious(caches, precache, coming) {
  const from = await caches.open(precache);
  const old = (await from.keys()).filter(({ url }) => isLeaving(new URL(url).pathname, coming));
  if (!old.length) return;
  await caches.delete(PREVIOUS);
  const to = await caches.open(PREVIOUS);
  for (const request of old) {
    const response = await from.match(request);
    if (response) await to.put(request, response);
  }
}

/** @param {CacheStorage} caches @param {Request} request @returns {Promise<Response | undefined>} */
export async function fromPrevious(caches, request) {
  return (await caches.open(PREVIOUS)).match(request);
}

/** @param {URL} url */
export function isHashed({ pathname }) {
  return HASHED.test(pathname);
}

/** @param {string} path @param {string[]} coming */
function isLeaving(path, coming) {
  return HASHED.test(path) && !coming.includes(path);
}
