/** The chain as protocol.md gives it, to the byte. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { encode } from "../../static/js/sync/bytes.js";
import { digest, fold, genesis, link } from "../../static/js/sync/chain.js";

const LOG = "000102030405060708090a0b0c0d0e0f";
const H0 = "5a00cc7fb96a97c36553c44e5f4f561cbe2f24660ca7eb12ead39bf1c2e07a03";
const H1 = "a07a215d28220d94cd67276524a4b7dfc470b25a359b7c66d53338d1eba0fe9c";
const H2 = "3439c969d16559a8be085b94515258f98559725c6ac2a77bb9f38fc87abafdcf";

test("the protocol's vector comes out hash by hash", async () => {
  const one = await digest(encode('{"rid":"r1"}'));
  const two = await digest(encode('{"note":"å"}'));
  assert.equal(await genesis(LOG), H0);
  assert.equal(await link(H0, 1, one), H1);
  assert.deepEqual(await fold(H0, 1, [one, two]), [H1, H2]);
});

test("a chain that goes on from the middle ends at the same hash", async () => {
  assert.deepEqual(await fold(H1, 2, [await digest(encode('{"note":"å"}'))]), [H2]);
});
