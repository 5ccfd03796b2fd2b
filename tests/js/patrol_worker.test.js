/** A new version waits, is offered, and takes over only by a yes. */
import assert from "node:assert/strict";
import { test } from "node:test";

class Target extends EventTarget {
  emit(name) {
    this.dispatchEvent(new Event(name));
  }
}

function browser({ waiting = null, controller = {} } = {}) {
  const registration = Object.assign(new Target(), { waiting, installing: null });
  const worker = Object.assign(new Target(), { controller, register: async () => registration });
  Object.defineProperty(globalThis, "navigator", { value: { serviceWorker: worker }, configurable: true });
  const reloads = [];
  globalThis.location = { reload: () => reloads.push(1) };
  return { registration, worker, reloads };
}

const { keepWorker } = await import("../../static/js/patrol/worker.js");

test("the first version ever is not offered: there is nothing to switch from", async () => {
  const { registration } = browser({ waiting: { postMessage() {} }, controller: null });
  const offers = [];
  await keepWorker((change) => offers.push(change));
  registration.emit("updatefound");
  assert.equal(offers.length, 0);
});

test("a version that waits is offered, told to take over by a yes, and then the app starts again", async () => {
  const told = [];
  const { worker, reloads } = browser({ waiting: { postMessage: (message) => told.push(message) } });
  const offers = [];
  await keepWorker((change) => offers.push(change));
  assert.equal(offers.length, 1);
  assert.deepEqual([told, reloads], [[], []]);
  offers[0]();
  assert.deepEqual(told, [{ type: "SKIP_WAITING" }]);
  assert.equal(reloads.length, 0);
  worker.emit("controllerchange");
  assert.equal(reloads.length, 1);
});

test("a version found while the app is open is offered when it is whole", async () => {
  const { registration } = browser();
  const offers = [];
  await keepWorker((change) => offers.push(change));
  registration.installing = new Target();
  registration.emit("updatefound");
  assert.equal(offers.length, 0);
  registration.waiting = { postMessage() {} };
  registration.installing.emit("statechange");
  assert.equal(offers.length, 1);
});
