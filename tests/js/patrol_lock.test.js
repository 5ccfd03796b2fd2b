/** What stands before the screens of a phone, and which PINs it takes. */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { newPhone } from "./support/phone.js";
import { PIN, WHO } from "./support/sealed.js";
import { letIn } from "../../static/js/store/keys.js";
import { askPolicy, lockState, policy } from "../../static/js/store/policy.js";
import { lock } from "../../static/js/store/ring.js";
import { isTooEasy } from "../../static/js/patrol/pin_rules.js";

const answering = (said) => async () => Response.json(said);

test("nothing is asked for until the organisation asks, then a PIN is chosen, then it is locked", async () => {
  const db = await newPhone();
  assert.equal(await lockState(db), null);
  await askPolicy(answering({ lock: false, idle_minutes: 60 }), db);
  assert.equal(await lockState(db), null);
  await askPolicy(answering({ lock: true, idle_minutes: 20, photos: false }), db);
  assert.deepEqual(await policy(db), { lock: true, idleMinutes: 20, photos: false });
  assert.equal(await lockState(db), "unset");
  await letIn(WHO, PIN, db);
  assert.equal(await lockState(db), null);
  lock();
  assert.equal(await lockState(db), "locked");
});

test("a phone once sealed stays so, and an empty one is asked for nothing", async () => {
  const db = await newPhone();
  await letIn(WHO, PIN, db);
  lock();
  await askPolicy(answering({ lock: false, idle_minutes: 60 }), db);
  assert.equal(await lockState(db), "locked");
  const empty = await newPhone({ profile: null });
  await askPolicy(answering({ lock: true, idle_minutes: 60 }), empty);
  assert.equal(await lockState(empty), null);
});

test("a login page's answer is no policy", async () => {
  const db = await newPhone();
  await assert.rejects(askPolicy(answering({ lock: "yes" }), db));
  assert.equal(await policy(db), null);
});

test("what anyone would try first is no PIN", () => {
  for (const easy of ["12345678", "87654321", "11111111", "13579135", "12121212", "12341234", "19850412", "20011231", "90123456"]) {
    assert.equal(isTooEasy(easy), true, easy);
  }
  for (const good of [PIN, "86427531", "19851341", "40718293", "123456780"]) assert.equal(isTooEasy(good), false, good);
});
