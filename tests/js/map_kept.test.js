/** The map a phone keeps: the outline always, a basemap by itself when small; the worker keeps the code that draws it. */
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { BY_ITSELF, basemapOf, holding, letGo, outlineOf, refresh } from "../../static/js/patrol/map/kept.js";
import { fromAfterwards, keepAfterwards } from "../../static/sw/afterwards.js";
import { cacheStorage } from "./support/caches.js";

const OUTLINE = { url: "/map/outline/aa", sha256: "aa", bytes: 20 };
const basemap = (sha256, bytes = 1000) => ({ url: `/map/basemap/${sha256}`, sha256, bytes });
let served;
let asked;

beforeEach(() => {
  globalThis.caches = cacheStorage();
  served = { "/map/outline/aa": '{"type":"FeatureCollection","features":[]}', "/map/basemap/bb": "PMTiles b", "/map/basemap/cc": "PMTiles c" };
  asked = [];
  Object.defineProperty(globalThis, "navigator", {
    configurable: true,
    value: { storage: { estimate: async () => ({ usage: 0, quota: 1e9 }) } },
  });
  globalThis.fetch = async (url, { integrity } = {}) => {
    asked.push([url, integrity]);
    if (!(url in served)) throw new TypeError("no network");
    return served[url] === null ? new Response("", { status: 404 }) : new Response(served[url]);
  };
});

const offer = (map, outline = OUTLINE) => (served["/map/now.json"] = JSON.stringify({ outline, basemap: map }));

test("the outline and a small basemap are kept without being asked for, and say how old they are", async () => {
  offer(basemap("bb"));
  const held = await refresh();
  assert.deepEqual(await outlineOf(held), { type: "FeatureCollection", features: [] });
  assert.equal(await (await basemapOf(held)).text(), "PMTiles b");
  assert.equal(held.offered, null);
  assert.ok(Date.now() - Date.parse(held.basemap.fetched) < 60_000);
  assert.deepEqual(await holding(), held);
});

test("what is fetched is checked by the hash that it is called by", async () => {
  offer(basemap("bb"));
  await refresh();
  assert.equal(Object.fromEntries(asked)["/map/basemap/bb"], "sha256-uw==");
});

test("a large basemap waits to be asked for, and then follows what the server has", async () => {
  offer(basemap("bb", BY_ITSELF + 1));
  assert.deepEqual((await refresh()).offered, basemap("bb", BY_ITSELF + 1));
  assert.equal((await refresh({ asked: true })).offered, null);
  offer(basemap("cc", BY_ITSELF + 1));
  assert.equal((await refresh()).basemap.sha256, "cc");
});

test("what is replaced goes, once the new one is here", async () => {
  offer(basemap("bb"));
  await refresh();
  offer(basemap("cc"));
  delete served["/map/basemap/cc"];
  const held = await refresh();
  assert.equal(await (await basemapOf(held)).text(), "PMTiles b");
  assert.equal(held.offered.sha256, "cc");
  served["/map/basemap/cc"] = "PMTiles c";
  assert.equal(await (await basemapOf(await refresh())).text(), "PMTiles c");
  assert.ok(!caches.all.get("fieldlog-map").has("/map/basemap/bb"));
});

test("without a network, with a portal's page, and with nothing listed, what is kept stays", async () => {
  offer(basemap("bb"));
  const held = await refresh();
  for (const answer of ["<h1>Logga in på tågets nät</h1>", '{"welcome": true}', null]) {
    served["/map/now.json"] = answer;
    assert.deepEqual(await refresh(), held);
  }
  delete served["/map/now.json"];
  assert.deepEqual(await refresh(), held);
});

test("records come first: where little room is left, no basemap is kept", async () => {
  navigator.storage.estimate = async () => ({ usage: 0, quota: 2000 });
  offer(basemap("bb"));
  const held = await refresh();
  assert.equal(held.basemap, null);
  assert.equal(held.offered.sha256, "bb");
});

test("one that was let go is offered again", async () => {
  offer(basemap("bb", BY_ITSELF + 1));
  await refresh({ asked: true });
  const held = await letGo();
  assert.equal(held.basemap, null);
  assert.equal(held.offered.sha256, "bb");
  assert.equal((await refresh()).basemap, null);
});

test("a server whose map was taken away has none to keep", async () => {
  offer(basemap("bb"));
  await refresh();
  offer(null, null);
  assert.deepEqual(await refresh(), { outline: null, basemap: null, offered: null });
});

test("the worker keeps what comes afterwards once, and drops an older version's when told", async () => {
  const list = (name) => [{ url: `/static/dist/${name}.js`, integrity: "sha256-x" }];
  served = { "/static/dist/old.js": "old", "/static/dist/new.js": "new" };
  await keepAfterwards(caches, list("old"));
  await keepAfterwards(caches, list("old"));
  assert.equal(asked.length, 1);
  await keepAfterwards(caches, list("new"));
  const kept = async (name) => (await fromAfterwards(caches, { url: `http://localhost/static/dist/${name}.js` }))?.text();
  assert.equal(await kept("old"), "old");
  await keepAfterwards(caches, list("new"), { drop: true });
  assert.equal(await kept("old"), undefined);
  assert.equal(await kept("new"), "new");
});

test("a piece that the server has not is not kept as if it had", async () => {
  served = { "/static/dist/new.js": null };
  await keepAfterwards(caches, [{ url: "/static/dist/new.js", integrity: "sha256-x" }]);
  assert.equal(await fromAfterwards(caches, { url: "http://localhost/static/dist/new.js" }), undefined);
});
