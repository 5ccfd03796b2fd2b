/** Every reason for which a store sets a record aside is said on the phone in plain words, in both languages. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { english } from "../../static/js/words/english.js";
import { svRest } from "../../static/js/words/sv_rest.js";

// The desk's page has its words in Python; the codes are the protocol's, retired ones stay.
const labels = readFileSync(new URL("../../fieldlog/review/labels.py", import.meta.url), "utf8");
const codes = [.../^REASONS = \{(.*?)^\}/ms.exec(labels)[1].matchAll(/^ {4}"(\w+)":/gm)].map(([, code]) => code);

const said = (words) => Object.values(words).find((part) => part?.unknown_place && part.revoked);

test("the phone says all that the desk says", () => {
  assert.ok(codes.length >= 11, String(codes));
  for (const words of [svRest, english]) {
    const reasons = said(words);
    for (const code of codes) {
      assert.match(reasons[code] ?? "", /^[A-ZÅÄÖ].{20,}\.$/, code);
      assert.ok(!reasons[code].includes(code), code);
    }
  }
});
