/** When the sender runs, who leads, and what the page is told. */
import "fake-indexeddb/auto";
import assert from "node:assert/strict";
import { test } from "node:test";
import { CENTRE_KEY, Home } from "./support/home.js";
import { ALICE, event } from "./support/phone.js";
import { append } from "../../static/js/store/append.js";
import { database, remember } from "../../static/js/store/database.js";
import { unsentCount } from "../../static/js/store/read.js";

const page = new EventTarget();
for (const name of ["addEventListener", "removeEventListener"]) globalThis[name] = page[name].bind(page);
const home = new Home();
globalThis.fetch = home.fetch;
let free = true;
const locks = {
  async request(_, { ifAvailable }, work) {
    assert.equal(ifAvailable, true);
    return work(free ? {} : null);
  },
};
Object.defineProperty(globalThis, "navigator", { value: { locks }, configurable: true });
const { sendNow, start, state } = await import("../../static/js/sync/run.js");

const HOUR = 3_600_000;
const turn = () => new Promise((resolve) => setTimeout(resolve, 5));

/** Waits for what must come; the test's own time limit ends a wait in vain. */
async function until(holds) {
  while (!(await holds())) await turn();
}

/** Gives what must not come time to come, and lets what runs come to its end. */
async function settled() {
  for (let turns = 0; turns < 12; turns += 1) await turn();
  await until(() => !state().sending);
}

/** A page that has just been opened, with whoever is enrolled. */
async function opened(t, profile = { ...ALICE, centreKey: CENTRE_KEY }) {
  home.before = () => null;
  free = true;
  home.requests.length = 0;
  await remember(database(), "profile", profile);
  await remember(database(), "cookieAt", Date.now());
  const seen = [];
  const stop = start({ onState: (one) => seen.push(one) });
  t.after(stop);
  if (profile) await until(() => home.requests.length > 0);
  await settled();
  return seen;
}

test("without a profile nothing is asked of anybody", async (t) => {
  await opened(t, null);
  await sendNow();
  assert.equal(home.requests.length, 0);
});

test("it asks at the start and sends what is saved, at once, without being told", async (t) => {
  const seen = await opened(t);
  assert.equal(home.requests.length, 1);
  await append("event", event());
  await until(async () => (await unsentCount()) === 0);
  await settled();
  assert.ok(seen.some((one) => one.sending));
  assert.equal(state().lastError, null);
  assert.ok(Date.now() - state().lastContact < 10_000);
});

test("what is saved while a conversation comes to its end goes at once, not at the next hour's quarter", async (t) => {
  await opened(t);
  await remember(database(), "cookieAt", 0);
  home.before = async ({ pathname }) => {
    if (pathname !== "/sync/v1/device") return null;
    home.before = () => null;
    await append("event", event()); // nothing that it does by itself can know of this one any more
    return null;
  };
  await sendNow();
  await until(async () => (await unsentCount()) === 0);
  await settled();
});

test("coming online, back to the page, or into view makes it ask", async (t) => {
  await opened(t);
  for (const name of ["online", "pageshow", "visibilitychange"]) {
    const before = home.requests.length;
    page.dispatchEvent(new Event(name));
    await until(() => home.requests.length > before);
    await settled();
  }
});

test("a failure is shown, waits, and a tap goes at once", async (t) => {
  await opened(t);
  home.before = () => new Response("<html>", { status: 200 });
  await append("event", event());
  await until(() => state().lastError === "portal");
  await settled();
  const before = home.requests.length;
  await append("event", event());
  await settled();
  assert.equal(home.requests.length, before);
  home.before = () => null;
  const after = await sendNow();
  assert.equal(after.lastError, null);
  assert.equal(await unsentCount(), 0);
});

/** A store that can't be reached, and a clock that `jump` moves at every look. */
async function failingWhile(t, jump) {
  const shows = Date.now;
  let off = 0;
  t.mock.method(Date, "now", () => shows() + (off += jump));
  home.before = () => new Response("<html>", { status: 200 });
  await append("event", event());
  await until(() => state().lastError === "portal");
  await settled();
}

test("a clock that goes back makes it wait no longer", async (t) => {
  await opened(t);
  const { mock: waits } = t.mock.method(globalThis, "setTimeout");
  await failingWhile(t, -HOUR);
  assert.ok(Math.max(...waits.calls.map(({ arguments: [, wait] }) => wait ?? 0)) < HOUR);
});

test("a clock that goes ahead makes it try no sooner", async (t) => {
  await opened(t);
  await failingWhile(t, HOUR);
  const before = home.requests.length;
  await append("event", event());
  await settled();
  assert.equal(home.requests.length, before);
});

test("a refused token pauses it until somebody taps or enrols again; nothing is lost", async (t) => {
  await opened(t);
  home.before = () => new Response("{}", { status: 401, headers: { "Fieldlog-Proto": "1" } });
  await append("event", event());
  await until(() => state().paused);
  await settled();
  assert.equal(state().lastError, "auth");
  const before = home.requests.length;
  page.dispatchEvent(new Event("online"));
  await settled();
  assert.equal(home.requests.length, before);
  assert.equal(await unsentCount(), 1);
  home.before = () => null;
  await remember(database(), "profile", { ...ALICE, token: "new", centreKey: CENTRE_KEY });
  await sendNow();
  assert.equal(state().paused, false);
  assert.equal(await unsentCount(), 0);
});

test("while another tab leads, this one sends nothing", async (t) => {
  await opened(t);
  free = false;
  const before = home.requests.length;
  await append("event", event());
  await sendNow();
  assert.equal(home.requests.length, before);
  free = true;
  await sendNow();
  assert.equal(await unsentCount(), 0);
});

test("taps that come together are one conversation", async (t) => {
  await opened(t);
  const before = home.requests.length;
  await Promise.all([sendNow(), sendNow(), sendNow()]);
  assert.equal(home.requests.length, before + 1);
});
