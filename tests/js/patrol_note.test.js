/** What a note must not hold, and what it is asked about. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { noteLength, stops, warns, without } from "../../static/js/patrol/note_check.js";

test("a personal number stops, however it is written", () => {
  for (const text of ["811218-9876", "8112189876", "19811218-9876", "811218+9876", "811218 9876"]) {
    assert.equal(stops(`uppgav ${text}.`).length, 1, text);
  }
});

test("a coordination number and month 00 stop too", () => {
  assert.equal(stops("701063-2391").length, 1);
  assert.equal(stops(`000000-0000`).length, 1);
});

test("other digits do not stop: times, amounts, a wrong check digit, a longer number", () => {
  for (const text of ["kl 22.15", "811218-9875", "8112189876123", "811318-9876", "1 000 000 kr"]) {
    assert.deepEqual(stops(text), [], text);
  }
});

test("contact data is asked about and never stops", () => {
  const kinds = (text) => warns(text).map((found) => found.kind);
  assert.deepEqual(kinds("ring 070-123 45 67"), ["phone"]);
  assert.deepEqual(kinds("kim@example.org"), ["email"]);
  assert.deepEqual(kinds("svart Volvo ABC 12D"), ["plate"]);
  assert.deepEqual(kinds("sex ungdomar vid uppgång norr"), []);
});

test("taking a find out closes the gap it leaves", () => {
  const note = "Någon uppgav 811218-9876 vid porten";
  assert.equal(without(note, stops(note)[0]), "Någon uppgav vid porten");
});

test("length counts characters as people see them, composed", () => {
  assert.equal(noteLength("a\u030a😀"), 2);
});

test("what is taken out can be said otherwise", () => {
  const note = "Anna Svensson visade vägen";
  assert.equal(without(note, warns(note)[0], "En person"), "En person visade vägen");
});

for (const { note, stops: stop, warns: warn } of JSON.parse(await readFile(new URL("../contract/brake.json", import.meta.url), "utf8"))) {
  test(`the phone finds what the server finds: ${note}`, () => {
    const plain = (finds) => finds.map(({ kind, text }) => [kind, text]);
    assert.deepEqual(plain(stops(note)), stop);
    assert.deepEqual(plain(warns(note)), warn);
  });
}
