/**
 * The world of a drill: a database of its own with a copy of the lists, and what goes wrong in it. Reads the real
 * database once and writes nothing there; the real queue is not even opened by this tab. What is sealed is copied
 * as it lies, and opened by the keys of the page before.
 */

import { Dexie } from "dexie";
import { database, openDatabase, recall, remember, useDatabase } from "../../store/database.js";
import { standApart } from "../../store/ring.js";
import { Peer } from "../../sync/http.js";
import { Centre } from "./centre.js";
import { LOCK, NAME } from "./clear.js";

const SLOW_MS = 10_000;
const WRONG_BY_MS = 2 * 3_600_000;

/** @typedef {import("../drill.js").Kind} Kind */

/**
 * Call it before anything is read.
 *
 * @param {Kind} kind
 * @returns {Promise<{connect: () => Peer, lock: string}>} how the sender works in it
 */
export async function enter(kind) {
  void navigator.locks?.request(LOCK, () => new Promise(() => {}));
  await Dexie.delete(NAME);
  const { takeOver } = await import("../lock.js");
  await takeOver();
  standApart();
  useDatabase(NAME);
  const centre = await Centre.make();
  await furnish(centre);
  if (kind === "full") fillUp();
  if (kind === "clock") setWrong(globalThis);
  const peer = new Peer("drill", { fetch: lines[kind]((path, init) => centre.answer(path, init)) });
  peer.plain = true;
  return { connect: () => peer, lock: `${LOCK}-send` };
}

/** The same person, places, plan, kinds of event and rules as in earnest; the token and the centre's key are the drill's. @param {Centre} centre */
async function furnish(centre) {
  const real = openDatabase();
  const bundles = await real.table("bundles").toArray();
  const { account, org, device, store } = await recall(real, "profile");
  const rules = await recall(real, "lockPolicy");
  real.close();
  await database().table("bundles").bulkPut(bundles.filter((row) => row.name !== "messages"));
  await remember(database(), "lockPolicy", rules);
  await remember(database(), "profile", { account, org, device, store, name: "", token: "drill", centreKey: centre.key });
}

/** Every record finds the disk full. */
function fillUp() {
  database().table("entries").hook("creating", () => {
    throw new DOMException("drill: full", "QuotaExceededError");
  });
}

/** The page's clock goes two hours slow; timers go on. @param {any} page */
export function setWrong(page) {
  const True = page.Date;
  page.Date = class Slow extends True {
    /** @param {any[]} args */
    constructor(...args) {
      super(...(args.length ? args : [True.now() - WRONG_BY_MS]));
    }

    static now() {
      return True.now() - WRONG_BY_MS;
    }
  };
}

/** @typedef {(path: string, init: any) => Promise<Response>} Ask */

/** What lies between the phone and the store. @type {Record<Kind, (ask: Ask) => any>} */
const lines = {
  silent: () => () => Promise.reject(new TypeError("drill: no network")),
  slow: (ask) => async (/** @type {string} */ path, /** @type {any} */ init) => {
    await new Promise((resolve) => setTimeout(resolve, SLOW_MS));
    return ask(path, init);
  },
  full: (ask) => ask,
  clock: (ask) => ask,
};
