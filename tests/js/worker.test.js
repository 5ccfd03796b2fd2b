/** Which answers may become the shell that starts without a network, and when a new one may take over. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { keys } from "../../static/sw/keys.js";
import { fromPrevious, isHashed, keepPrevious } from "../../static/sw/previous.js";
import { answer } from "../../static/sw/update.js";
import { wholeShellOnly } from "../../static/sw/whole.js";

const plugin = wholeShellOnly("/app/", "patrol-ABC.js");
const kept = (path, response) => plugin.cacheWillUpdate({ request: new Request(`http://localhost${path}`), response });

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

/** The worker's scope, with tabs that say whether a form is open in them; null says nothing. */
function worker(tabs) {
  const asked = [];
  const said = [];
  const open = Object.entries(tabs).map(([id, busy]) => ({
    id,
    url: id.startsWith("desk") ? "http://localhost/log" : "http://localhost/app/#now",
    postMessage(message, [port]) {
      asked.push([id, message.type]);
      if (busy !== null) port.postMessage({ busy });
    },
  }));
  const scope = { skipped: 0, skipWaiting: async () => void (scope.skipped += 1), clients: { matchAll: async () => open } };
  const ports = [{ postMessage: (one) => said.push(one) }];
  const told = (data, patience) => answer(scope, "9.9", { data, ports, source: { id: "asker" } }, patience);
  return { scope, asked, said, told };
}

test("it takes over when a page says so, and never by itself", async () => {
  const { scope, said, told } = worker({ asker: true });
  await told({ type: "HELLO" });
  await told(null);
  assert.equal(scope.skipped, 0);
  await told({ type: "SKIP_WAITING" });
  assert.equal(scope.skipped, 1);
  assert.deepEqual(said, [{ switched: true }]);
});

test("a form open in another tab holds it up", async () => {
  const { scope, asked, said, told } = worker({ asker: false, idle: false, writing: true });
  await told({ type: "SKIP_WAITING" });
  assert.equal(scope.skipped, 0);
  assert.deepEqual(said, [{ busy: true }]);
  assert.deepEqual(asked, [["idle", "MAY_SWITCH"], ["writing", "MAY_SWITCH"]]);
});

test("a tab that is asleep holds up nobody, and a desk is not asked", async () => {
  const { scope, asked, told } = worker({ asleep: null, desk: true });
  await told({ type: "SKIP_WAITING" }, 1);
  assert.equal(scope.skipped, 1);
  assert.deepEqual(asked, [["asleep", "MAY_SWITCH"]]);
});

test("a page of the first release, which sends no port, is heard as well", async () => {
  const { scope } = worker({});
  await answer(scope, "9.9", { data: { type: "SKIP_WAITING" }, ports: [], source: null }, 20);
  assert.equal(scope.skipped, 1);
});

test("it tells its version before anyone lets it in", async () => {
  const { said, told } = worker({});
  await told({ type: "VERSION" });
  assert.deepEqual(said, [{ version: "9.9" }]);
});

test("what opens the phone is held for a page that starts itself again, given once, and for seconds", (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const given = [];
  const ask = () => keys({ data: { type: "GIVE_KEYS" }, ports: [{ postMessage: (one) => given.push(one) }] });
  const hold = (shift) => keys({ data: { type: "HOLD_KEYS", shift }, ports: [] });
  ask();
  hold("shift");
  ask();
  ask();
  hold("shift");
  t.mock.timers.tick(9_000);
  hold("later");
  t.mock.timers.tick(9_000);
  ask();
  hold("shift");
  t.mock.timers.tick(11_000);
  ask();
  assert.deepEqual(given, [null, "shift", null, "later", null]);
});

/** As much of a CacheStorage as is needed: a cache is a map from address to text. */
function cacheStorage() {
  const all = new Map();
  const cache = (held) => ({
    keys: async () => [...held.keys()].map((url) => ({ url })),
    match: async ({ url }) => held.get(url),
    put: async ({ url }, response) => void held.set(url, response),
  });
  return {
    all,
    delete: async (name) => all.delete(name),
    async open(name) {
      if (!all.has(name)) all.set(name, new Map());
      return cache(all.get(name));
    },
  };
}

const address = (name) => `http://localhost/static/dist/${name}`;

test("a tab of the version before still gets its pieces, when no server has them any more", async () => {
  const caches = cacheStorage();
  const shell = await caches.open("shell");
  for (const name of ["rest-AAAAAAA1.js", "same-BBBBBBB1.js"]) await shell.put({ url: address(name) }, name);
  await shell.put({ url: "http://localhost/app/?__WB_REVISION__=1" }, "page");
  await keepPrevious(caches, "shell", ["/static/dist/rest-AAAAAAA2.js", "/static/dist/same-BBBBBBB1.js"]);
  caches.all.delete("shell");
  assert.equal(await fromPrevious(caches, { url: address("rest-AAAAAAA1.js") }), "rest-AAAAAAA1.js");
  assert.equal(await fromPrevious(caches, { url: address("same-BBBBBBB1.js") }), undefined);
  assert.equal(caches.all.get("fieldlog-previous").size, 1);
});

test("a first installation leaves nothing behind, and only names with a hash are kept", async () => {
  const caches = cacheStorage();
  await keepPrevious(caches, "shell", ["/static/dist/patrol-AAAAAAA1.js"]);
  assert.ok(!caches.all.has("fieldlog-previous"));
  assert.ok(isHashed(new URL(address("patrol-4T2XKQAB.js"))));
  for (const path of ["/static/dist/sw.js", "/app/", "/sync/v1/push"]) assert.ok(!isHashed(new URL(path, "http://localhost")));
});
