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

/** A worker that waits: keeps what it is told, and answers as it is bid. */
function waiting(answer, told = []) {
  return {
    told,
    postMessage(message, [port]) {
      told.push(message);
      port.postMessage(answer);
    },
  };
}

test("a version that waits is offered, told to take over by a yes, and then the app starts again", async () => {
  const next = waiting({ switched: true });
  const { worker, reloads } = browser({ waiting: next });
  const offers = [];
  await keepWorker((change) => offers.push(change));
  assert.equal(offers.length, 1);
  assert.deepEqual([next.told, reloads], [[], []]);
  assert.equal(await offers[0](), true);
  assert.deepEqual(next.told, [{ type: "SKIP_WAITING" }]);
  assert.equal(reloads.length, 0);
  worker.emit("controllerchange");
  assert.equal(reloads.length, 1);
});

test("a version that meets a form in another tab goes on waiting, and one is told so", async () => {
  const { worker, reloads } = browser({ waiting: waiting({ busy: true }) });
  const offers = [];
  await keepWorker((change) => offers.push(change));
  assert.equal(await offers[0](), false);
  worker.emit("controllerchange");
  assert.deepEqual(reloads, []);
});

test("another tab that wants to switch hears whether a form is open here", async () => {
  const { worker } = browser();
  let isBusy = true;
  await keepWorker(() => {}, () => isBusy);
  const heard = [];
  const asked = () => {
    const event = new Event("message");
    worker.dispatchEvent(Object.assign(event, { data: { type: "MAY_SWITCH" }, ports: [{ postMessage: (said) => heard.push(said) }] }));
  };
  asked();
  isBusy = false;
  asked();
  assert.deepEqual(heard, [{ busy: true }, { busy: false }]);
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
