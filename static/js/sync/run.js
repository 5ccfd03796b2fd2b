/**
 * Runs the sender while the app is open: on save, when the network or the page comes back, on a tap, and
 * on a timer that waits longer after each failure. One tab leads, by Web Lock; if two ever do, the
 * protocol makes it one.
 */
import { changed } from "../store/changes.js";
import { database, NotSaved, recall, remember } from "../store/database.js";
import { home } from "../store/home.js";
import { mend } from "../store/mend.js";
import { knownHave, openLogs, unsignedLogs } from "../store/outbox.js";
import { sender } from "../store/profile.js";
import { sendAfterwards } from "./afterwards.js";
import { converse } from "./converse.js";
import { Peer, Refusal } from "./http.js";
import { backoff } from "./retry.js";
import { UNKNOWN } from "./start.js";

const ASK_EVERY_S = 15 * 60;

/** @typedef {import("./start.js").SyncState} SyncState */
/** @typedef {(who: import("../store/profile.js").Profile) => Peer} Connect how the home store is reached */

/** @type {SyncState} */
let current = UNKNOWN;
/** @type {Connect} */
let connect = (who) => new Peer(who.token);
let lock = "fieldlog-send";
/** @type {Set<(state: SyncState) => void>} */
const watchers = new Set();
/** @type {Promise<void> | null} */
let underway = null;
/** What the logs came to when the last attempt began: what was saved since may have missed it. */
let begunAt = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
/** @type {Promise<void> | null} */
let photosUnderway = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let photoTimer;
let hurry = false;
let failures = 0;
/** On the page's own clock, which runs evenly: the phone's may jump, and what is sent must not wait for it. */
let notBefore = 0;
let refusedToken = "";

/** @returns {SyncState} how it goes, as of now */
export function state() {
  return current;
}

/**
 * Starts the sender; once a page.
 *
 * @param {{onState?: (state: SyncState) => void, connect?: Connect, lock?: string}} [options] for practice,
 *   another store and a lock of its own
 * @returns {() => void} stops it
 */
export function start({ onState, connect: reach, lock: name } = {}) {
  if (onState) watchers.add(onState);
  connect = reach ?? connect;
  lock = name ?? lock;
  const now = () => attempt();
  const events = ["online", "pageshow", "visibilitychange"];
  for (const event of events) addEventListener(event, now);
  const stopListening = changed(() => void attemptIfNews());
  restore().then(now).then(lookOver).catch(unreadable);
  return () => {
    for (const event of events) removeEventListener(event, now);
    if (onState) watchers.delete(onState);
    stopListening();
    clearTimeout(timer);
    clearTimeout(photoTimer);
  };
}

/** @returns {Promise<SyncState>} after one attempt, whatever the timer says */
export async function sendNow() {
  refusedToken = "";
  notBefore = 0;
  hurry = true;
  await attempt();
  return current;
}

/** Something was stored, perhaps by ourselves: go only if the home store lacks it, and not in a pause. */
async function attemptIfNews() {
  if (underway || performance.now() < notBefore) return;
  const db = database();
  const store = await home(db);
  for (const row of await openLogs(db)) {
    if (!store || (await knownHave(db, store, row)) < row.seq) return attempt();
  }
}

/** One attempt at a time in this tab, and one leading tab. */
function attempt() {
  underway ??= noted().then(() => led(conversation)).finally(() => {
    underway = null;
    void plan();
  });
  return underway;
}

async function noted() {
  begunAt = await heads();
}

async function heads() {
  return JSON.stringify((await openLogs(database())).map(({ log, seq }) => [log, seq]));
}

/** @param {() => Promise<void>} work skipped while another tab leads */
function led(work) {
  return locked(lock, work);
}

/** @param {string} name @param {() => Promise<void>} work skipped while another tab does it */
async function locked(name, work) {
  if (typeof navigator === "undefined" || !navigator.locks) return work();
  await navigator.locks.request(name, { ifAvailable: true }, (leading) => (leading ? work() : undefined));
}

async function conversation() {
  const db = database();
  const who = await sender(db);
  if (!who || who.token === refusedToken) return;
  show({ sending: true, paused: false });
  try {
    await converse(db, connect(who), who.centreKey);
    failures = 0;
    notBefore = 0;
    await contact({ lastError: null });
    void photos(who);
  } catch (error) {
    await failed(error, who.token);
  } finally {
    show({ sending: false });
  }
}

/**
 * What comes after the records, beside whatever else goes on.
 *
 * @param {import("../store/profile.js").Profile} who
 */
function photos(who) {
  photosUnderway ??= locked(`${lock}-photos`, () => sendPhotos(who)).catch(unreadable).finally(() => {
    photosUnderway = null;
  });
  return photosUnderway;
}

/** @param {import("../store/profile.js").Profile} who */
async function sendPhotos(who) {
  const db = database();
  clearTimeout(photoTimer);
  if (!(await db.table("photos").count()) && !(await db.table("carried").count())) return;
  const tapped = hurry;
  hurry = false;
  const turn = async () => void (await underway);
  const again = () => void turn().then(attempt);
  const wait = await sendAfterwards(db, connect(who), who.centreKey, { turn, again, hurry: tapped });
  if (wait) photoTimer = setTimeout(() => void photos(who), wait);
}

/** @param {unknown} error @param {string} token */
async function failed(error, token) {
  const refusal = error instanceof Refusal ? error : null;
  const wait = refusal?.kind === "refused" ? ASK_EVERY_S : backoff(failures, Math.random(), refusal?.after);
  failures += 1;
  notBefore = performance.now() + wait * 1000;
  if (refusal?.kind !== "auth") return show({ lastError: refusal?.reason ?? "storage" });
  refusedToken = token;
  await contact({ lastError: "auth", paused: true });
}

/** @param {Partial<SyncState>} change */
async function contact(change) {
  const db = database();
  const lastContact = Date.now();
  show({ ...change, lastContact, skew: await skew() });
  await remember(db, "lastContact", lastContact);
}

async function skew() {
  return (await home(database()))?.skew ?? null;
}

/** When to try next: at once for what was saved meanwhile, soon after a failure, else every 15 minutes while the centre lacks anything. */
async function plan() {
  clearTimeout(timer);
  if ((await heads()) !== begunAt) void attemptIfNews();
  const waiting = (await unsignedLogs(database())).length > 0;
  if (failures === 0 && !waiting) return;
  const pause = notBefore - performance.now();
  // Past already: nobody tried just now, since another tab leads or the phone is locked.
  const delay = failures && pause > 0 ? pause : ASK_EVERY_S * 1000;
  timer = setTimeout(() => void attempt(), delay);
}

/** After the first attempt, so that it delays nothing; what can be sent again then is. */
async function lookOver() {
  if (await mend(database())) await attempt();
}

/** @param {unknown} error a storage that can't even be read is shown; what can't be loaded is for later */
function unreadable(error) {
  if (error instanceof NotSaved) show({ lastError: "storage" });
  else if (!(error instanceof Refusal)) throw error;
}

async function restore() {
  show({ lastContact: await recall(database(), "lastContact"), skew: await skew() });
}

/** @param {Partial<SyncState>} change */
function show(change) {
  current = { ...current, ...change };
  for (const watcher of watchers) watcher(current);
}
