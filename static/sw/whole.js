/**
 * Says which answers may become part of the kept shell. A captive portal answers 200 with its own page,
 * and a server in the middle of an update may hand out another version's page: neither is kept.
 */

/**
 * A workbox plugin. Scripts, styles and icons carry an integrity hash in the list already; the page is
 * rendered by the server, so it must name the script that belongs to this worker.
 *
 * @param {string} shell path of the page, "/app/"
 * @param {string} script file name of the script that the page must load
 */
export function wholeShellOnly(shell, script) {
  return {
    /** @param {{request: Request, response: Response}} answer */
    async cacheWillUpdate({ request, response }) {
      if (response.status !== 200 || response.redirected) return null;
      if (new URL(request.url).pathname !== shell) return response;
      const page = await response.clone().text();
      return page.includes(script) ? response : null;
    },
  };
}
