/**
 * Keeps the scripts that come after the shell and are too heavy to hold it up, such as the map: the app opens cold
 * without them, and says so where one is missing.
 */

const AFTERWARDS = "fieldlog-afterwards";

/**
 * Fetch what of the list is not here; then, if asked, drop what is not of this version any more.
 *
 * @param {CacheStorage} caches
 * @param {{url: string, integrity: string}[]} list
 * @param {{drop?: boolean}} [how]
 */
export async function keepAfterwards(caches, list, { drop = false } = {}) {
  const cache = await caches.open(AFTERWARDS);
  for (const { url, integrity } of list) {
    if (await cache.match(url)) continue;
    const answer = await fetch(url, { integrity });
    if (answer.status === 200) await cache.put(url, answer);
  }
  if (!drop) return;
  for (const request of await cache.keys()) {
    if (!list.some(({ url }) => url === new URL(request.url).pathname)) await cache.delete(request);
  }
}

/** @param {CacheStorage} caches @param {Request} request @returns {Promise<Response | undefined>} */
export async function fromAfterwards(caches, request) {
  return (await caches.open(AFTERWARDS)).match(request);
}
