/** The rescue file as the phone seals it, and what a carrier can tell of one. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { head, seal } from "../../static/js/crypto/rescue.js";
import { fileHash, isTaken } from "../../static/js/crypto/taken.js";
import { encode, unbase64 } from "../../static/js/sync/bytes.js";
import { opened } from "./support/opened.js";

const vectors = JSON.parse(readFileSync(new URL("../contract/rescue.json", import.meta.url), "utf8"));
const fileOf = ({ file_base64 }) => new Blob([unbase64(file_base64)]);
const about = { device: "d", store: "node-å", made_at: "2026-11-22T21:40:00+01:00", app: "1", token: vectors.token };

for (const row of vectors.files) {
  test(`a file as both languages seal it: ${row.name}`, async () => {
    const told = await head(fileOf(row));
    assert.deepEqual(told, { version: "1", ...row.head, whole: true });
    const parts = await opened(fileOf(row), vectors.private_key);
    assert.deepEqual(parts.map((part) => part.kind), row.kinds);
    const push = parts.find((part) => part.kind === "push");
    assert.equal(push ? new TextDecoder().decode(push.bytes) : null, row.push);
  });
}

for (const row of vectors.spoilt) {
  test(`a spoilt file: ${row.name}`, async () => {
    const told = await head(fileOf(row));
    if (row.code === "not_rescue" && !row.name.includes("one-time key")) assert.equal(told?.store, undefined);
    if (row.code === "rescue_cut") assert.equal(told?.whole, false);
    await assert.rejects(async () => {
      if ((await head(fileOf(row)))?.version !== "1") throw new Error("not for us");
      await opened(fileOf(row), vectors.private_key);
    });
  });
}

test("what is sealed comes out as it went in, photos too", async () => {
  const photo = new Uint8Array(600_000).map((_, i) => i % 251);
  const file = await seal(
    [
      { kind: "push", bytes: encode("{}\n") },
      { kind: "photo", bytes: new Blob([photo]), sha256: "00".repeat(32), mime: "image/jpeg" },
      { kind: "row", bytes: new Uint8Array([0, 255]), table: "entries", key: "[1]" },
    ],
    about,
    vectors.centre_key,
  );
  const parts = await opened(file, vectors.private_key);
  assert.deepEqual(parts.map(({ kind }) => kind), ["author", "push", "photo", "row"]);
  assert.deepEqual(parts[2].bytes, photo);
  assert.equal((await head(file))?.whole, true);
  assert.equal((await head(file.slice(0, file.size - 1)))?.whole, false);
});

test("the token itself is nowhere in the file, and without one there is no proof", async () => {
  const file = await seal([{ kind: "push", bytes: encode("?") }], { ...about, token: null }, vectors.centre_key);
  assert.deepEqual((await opened(file, vectors.private_key)).map(({ kind }) => kind), ["push"]);
  const proven = await seal([], about, vectors.centre_key);
  assert.ok(!(await proven.text()).includes(vectors.token));
  const [author] = await opened(proven, vectors.private_key);
  assert.ok(!JSON.stringify(author).includes(vectors.token));
});

test("two files of the same content share no byte of what is sealed", async () => {
  const make = () => seal([{ kind: "push", bytes: encode("same") }], about, vectors.centre_key);
  const [one, two] = await Promise.all([make(), make()]);
  assert.notEqual((await one.text()).split("\n")[1], (await two.text()).split("\n")[1]);
});

test("a carrier lets go by the centre's signature over this very file, and by nothing else", async () => {
  const key = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, true, ["sign", "verify"]);
  const spki = Buffer.from(await crypto.subtle.exportKey("spki", key.publicKey)).toString("base64");
  const { sha256, inc, at, bytes_hex } = vectors.taken;
  const sig = Buffer.from(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key.privateKey, Buffer.from(bytes_hex, "hex"))).toString("base64url");
  assert.equal(await fileHash(fileOf(vectors.files[0])), sha256);
  const answer = { state: "taken", up: { inc, at, sig } };
  assert.equal(await isTaken(answer, sha256, spki), true);
  assert.equal(await isTaken(answer, "0".repeat(64), spki), false);
  assert.equal(await isTaken(answer, sha256, vectors.centre_key), false);
  assert.equal(await isTaken({ state: "taken", up: { inc, at: `${at} `, sig } }, sha256, spki), false);
  for (const other of [null, "taken", {}, { state: "taken" }, { state: "taken", up: { inc, at } }, { state: "kept", up: null }]) {
    assert.equal(await isTaken(other, sha256, spki), false);
  }
});
