/** What the screens show, gathered from the store and kept current. Knows the store, not the screens. */

import { bundle } from "../store/bundles.js";
import { changedLately } from "../store/changes.js";
import { profile } from "../store/profile.js";
import { mine, unsentCount, withWritten } from "../store/read.js";
import { UNKNOWN } from "../sync/start.js";
import { words } from "../words/index.js";
import { drillNow } from "./drill.js";
import { sortingFix } from "./fix.js";
import { ordered, recentCodes, today, withOwn } from "./places.js";
import { preferences } from "./preferences.js";
import { parse } from "./route.js";

const LIST = 200;
const MINUTE = 60_000;
export const UNDECIDED = { focus: "", places: [] };

/** @typedef {{place: string|null, from: Date, to: Date|null}} Where */

/** Everything a screen may ask. One instance, replaced never, changed only through `set`. */
export class State {
  ready = false;
  /** @type {import("../store/profile.js").Profile|null} */ profile = null;
  /** @type {any} the running visit's row */ running = null;
  /** @type {any[]} own visits and events, latest first */ records = [];
  unsent = 0;
  /** @type {import("./places.js").Place[]|null} null: not fetched */ places = null;
  /** @type {any} what is asked of the places, as the centre last counted; null: not fetched */ promised = null;
  /** @type {import("./places.js").Planned[]} the same with one's own visits since */ plan = [];
  planKnown = false;
  /** @type {{focus: string, places: import("./places.js").Chosen[]}} what the meeting decided for the plan's week */
  decided = UNDECIDED;
  /** @type {Date|null} when the lists came to this phone */ fetchedAt = null;
  /** @type {any[]|null} null: not fetched */ tiles = null;
  sync = UNKNOWN;
  online = navigator.onLine;
  now = new Date();
  route = parse(location.hash);
  /** @type {import("./places.js").Fix|null} */ fix = null;
  /** @type {"idle"|"asking"|"declined"|"none"} */ fixState = "idle";
  /** @type {Where|null} another place or time for the next event */ where = null;
  /** @type {import("./parts/snackbar.js").Snack|null} */ snack = null;
  /** the last yes to a new version met a form in another tab */ updateBusy = false;
  /** @type {import("./room.js").Storage|null} null: not known */ storage = null;
  /** @type {import("../store/drafts.js").DraftRow[]} forms begun and not saved, latest first */ drafts = [];
  /** @type {import("./conditions.js").Condition[]|null} open at places, as last told; null: not fetched */ conditions = null;
  /** @type {any[]|null} words from the coordinator, newest first; null: not fetched */ messages = null;
  /** the organisation lets photos be taken, as last told */ photos = true;
  /** @type {any} the browser's own offer to install the app, if it has made one */ offer = null;
  /** @type {any[]} records that a supervisor has sent back, with what they ask */ sentBack = [];
  /** @type {import("../store/evicted.js").Evicted|null} this phone was cleared */ cleared = null;
  /** @type {import("./parts/trouble.js").Trouble|null} what could not be stored */ trouble = null;
  /** the storage can't even be read */ closed = false;
  /** @type {import("./drill.js").Drill|null} */ drill = drillNow();
  /** @type {(() => Promise<boolean>)|null} switch to the version that waits; false: a form is open elsewhere */ update = null;
  /** @type {Record<string, import("./screens.js").Draw>|null} every screen but the first two; null: not here yet */ rest = null;
  /** @type {typeof import("./rest.js").PIECES|null} what the first screen and the lock need once it is here */ pieces = null;
  restFailed = false;
  /** @type {import("../store/policy.js").Lock|"enrol"} what stands before all screens; enrol: coupled anew instead of unlocked */ lock = null;
  /** @type {((state: State) => import("./screens.js").Screen)|null} */ lockScreen = null;
  /** @type {string|null} whose profile was last unlocked */ door = null;
  preferences = preferences();
  #listeners = new Set();

  /** Change some of it and tell the screens. @param {Partial<State>} some */
  set(some) {
    Object.assign(this, some);
    for (const tell of this.#listeners) tell();
  }

  /** @param {() => void} tell @returns {() => void} stop */
  onChange(tell) {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  /** @param {() => unknown} holds @returns {Promise<void>} as soon as it holds */
  async until(holds) {
    if (holds()) return;
    await new Promise((resolve) => {
      const stop = this.onChange(() => {
        if (!holds()) return;
        stop();
        resolve(null);
      });
    });
  }

  /** Today's places in their order, without the one where a visit runs. @returns {import("./places.js").Row[]} */
  get today() {
    const known = this.#known();
    const here = this.running?.body.place;
    return today(this.rows, known).filter((row) => row.code !== here);
  }

  /** Every place in order. */
  get rows() {
    return ordered(this.#known());
  }

  /** @param {string|null} code */
  row(code) {
    return this.rows.find((row) => row.code === code);
  }

  /** A place as people call it; an unknown code stands for itself. @param {string|null} code */
  placeName(code) {
    if (!code) return words().event.noPlace;
    return this.places?.find((place) => place.code === code)?.name ?? code;
  }

  /** Events written in the running visit. */
  get eventsInVisit() {
    const rid = this.running?.rid;
    return this.records.filter((one) => one.t === "event" && one.body.visit === rid && !one.withdrawn).length;
  }

  #known() {
    return {
      places: this.places ?? [],
      plan: this.plan,
      fix: sortingFix(this.fix, this.now),
      recent: recentCodes(this.records),
      chosen: this.decided.places,
    };
  }
}

/** @type {Promise<void>|null} the reading under way */
let current = null;
/** @type {Promise<void>|null} the one that follows it, because the store has changed meanwhile */
let next = null;

/** Fill the state from the store, again after every change of it. @param {State} state */
export async function keepCurrent(state) {
  changedLately(() => {
    if (current) next ??= current.catch(() => {}).then(() => start(state));
    else void start(state);
  });
  await start(state);
}

/** How many records have been written here. */
let writes = 0;

/**
 * Shows what has just been stored, at once and by itself: the store is read again when it has been answered for.
 *
 * @param {State} state
 * @param {import("../store/append.js").Saved["row"]} row null: known before
 * @param {string[]} drafts that are over with it
 */
export function written(state, row, drafts) {
  writes += 1;
  state.set({ drafts: state.drafts.filter((one) => !drafts.includes(one.name)) });
  if (row) state.set({ now: new Date(), unsent: state.unsent + 1, ...own(state, withWritten(state.records, row)) });
}

/** @param {State} state */
function start(state) {
  next = null;
  current = read(state).finally(() => (current = null));
  return current;
}

/** @param {State} state */
async function read(state) {
  const before = writes;
  const [who, records, unsent, places, plan, categories] = await Promise.all([
    profile(), mine(LIST), unsentCount(), bundle("places"), bundle("plan"), bundle("categories"),
  ]);
  // What was read before a tap does not know of it; the reading that follows does.
  if (writes !== before) return;
  const fetchedAt = plan?.fetchedAt ?? places?.fetchedAt;
  state.set({
    ready: true,
    profile: who,
    unsent,
    places: places?.value.places ?? null,
    promised: plan?.value ?? null,
    planKnown: Boolean(plan),
    ...own({ profile: who, promised: plan?.value ?? null, sync: state.sync }, records),
    decided: { ...UNDECIDED, ...plan?.value.decided?.[plan.value.week] },
    fetchedAt: fetchedAt ? new Date(fetchedAt) : null,
    tiles: categories?.value.tiles ?? null,
    now: new Date(),
  });
}

/**
 * Own records, and what follows from them.
 *
 * @param {Pick<State, "profile"|"promised"|"sync">} known
 * @param {import("../store/read.js").Mine[]} records
 */
function own({ profile: who, promised, sync }, records) {
  const plan = promised ? withOwn(promised, records, who?.org ?? "", sync.skew ?? 0) : [];
  return { records, running: records.find(isRunning) ?? null, plan };
}

/** @param {import("../store/read.js").Mine} one */
function isRunning({ t, withdrawn, body }) {
  return t === "visit" && !withdrawn && !body.ended_at;
}

/** Let the clock on the screen follow the clock, once a minute and on coming back. @param {State} state */
export function keepTime(state) {
  const tick = () => {
    state.set({ now: new Date() });
    setTimeout(tick, MINUTE - (Date.now() % MINUTE));
  };
  setTimeout(tick, MINUTE - (Date.now() % MINUTE));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") state.set({ now: new Date() });
  });
}
