/** The centre of a drill folds and signs as the real one does; a wrong clock is wrong everywhere but in its own time. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { verify } from "../../static/js/crypto/receipt.js";
import { Centre } from "../../static/js/patrol/drill/centre.js";
import { within } from "../../static/js/patrol/photo.js";
import { setWrong } from "../../static/js/patrol/drill/world.js";
import { digest, fold, genesis } from "../../static/js/sync/chain.js";
import { Peer } from "../../static/js/sync/http.js";

const LOG = "000102030405060708090a0b0c0d0e0f";

async function section(first, texts, prev) {
  const lines = await Promise.all(texts.map(async (text) => {
    const payload = new TextEncoder().encode(text);
    return { payload, digest: await digest(payload) };
  }));
  const hashes = await fold(prev, first, lines.map((line) => line.digest));
  return { log: LOG, base: 0, first, prev, head: hashes.at(-1), lines, now: "", unsent: 0, app: "1" };
}

async function reached(centre) {
  const peer = new Peer("drill", { fetch: (path, init) => centre.answer(path, init) });
  peer.plain = true;
  return peer;
}

test("what is pushed is folded once, signed for, and known again", async () => {
  const centre = await Centre.make();
  const peer = await reached(centre);
  const one = await section(1, ['{"a":1}', '{"b":2}'], await genesis(LOG));
  for (const answer of [await peer.push([one]), await peer.push([one]), await peer.status([LOG])]) {
    const [{ r, have, hash, up }] = answer.logs;
    assert.deepEqual([r, have, hash], ["ok", 2, one.head]);
    assert.equal(await verify(centre.key, LOG, up), true);
  }
  const more = await section(3, ['{"c":3}'], one.head);
  assert.equal((await peer.push([more])).logs[0].hash, more.head);
});

test("a gap is left a gap: nothing is taken that does not follow", async () => {
  const peer = await reached(await Centre.make());
  const late = await section(3, ['{"c":3}'], "0".repeat(64));
  assert.deepEqual((await peer.push([late])).logs.map(({ have, hash }) => [have, hash]), [[0, await genesis(LOG)]]);
});

test("the drill's clock is two hours slow for whoever asks the page, and right for given moments", () => {
  const page = { Date };
  setWrong(page);
  const off = Date.now() - page.Date.now();
  assert.ok(Math.abs(off - 2 * 3_600_000) < 1000);
  assert.ok(Math.abs(+new Date() - +new page.Date() - 2 * 3_600_000) < 1000);
  assert.equal(+new page.Date(5), 5);
  assert.ok(new page.Date() instanceof Date);
});

test("a photo is never made larger, and its longest side is 1600", () => {
  assert.deepEqual(within(4000, 3000), { width: 1600, height: 1200 });
  assert.deepEqual(within(900, 1200), { width: 900, height: 1200 });
  assert.deepEqual(within(20_000, 1), { width: 1600, height: 1 });
});
