/** Which answers may become the shell that starts without a network. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { wholeShellOnly } from "../../static/sw/whole.js";

const plugin = wholeShellOnly("/app/", "patrol-ABC.js");
const kept = (path, response) => plugin.cacheWillUpdate({ request: new Request(`http://home${path}`), response });

test("the page is kept when it names this version's script", async () => {
  const page = new Response('<script src="/static/dist/patrol-ABC.js">');
  assert.equal(await kept("/app/", page), page);
  assert.match(await page.text(), /patrol-ABC/);
});

test("a portal's page, another version's page, and anything but 200 is not kept", async () => {
  assert.equal(await kept("/app/", new Response("<h1>Logga in på tågets nät</h1>")), null);
  assert.equal(await kept("/app/", new Response('<script src="/static/dist/patrol-OLD.js">')), null);
  assert.equal(await kept("/static/icons/icon.svg", new Response("", { status: 404 })), null);
  assert.equal(await kept("/static/icons/icon.svg", new Response("", { status: 203 })), null);
});

test("a redirected answer is not kept", async () => {
  const login = new Response("patrol-ABC.js");
  Object.defineProperty(login, "redirected", { value: true });
  assert.equal(await kept("/app/", login), null);
});
