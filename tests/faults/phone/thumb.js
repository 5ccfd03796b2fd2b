/**
 * The officer's thumb and eye inside the real page: taps the app's own buttons, and when the app has said on
 * the screen that something is saved, tells the harness what lies in the phone's storage since. Reads
 * IndexedDB by itself, and opens what is sealed there with the PIN, so that no code under test vouches for itself.
 */
(() => {
  if (globalThis.thumb) return;
  const WAIT_MS = 30_000;
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
  const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const text = (element) => element?.textContent.replace(/\s+/g, " ").trim() ?? "";

  /** What `look` finds, as soon as it finds anything. */
  async function seen(look, what) {
    for (const until = performance.now() + WAIT_MS; ; await sleep(4)) {
      if (isLocked()) await unlock();
      const found = look();
      if (found) return found;
      if (performance.now() > until) throw new Error(`never seen: ${what}; the page says: ${text(document.body).slice(0, 300)}`);
    }
  }

  const isLocked = () => Boolean(document.querySelector("fieldlog-unlock"));
  const key = (digit) => named(digit, "fieldlog-pin-pad button");

  /** A locked phone is opened as an officer does it: by its PIN. Another tab may open it meanwhile. */
  async function unlock() {
    const until = performance.now() + WAIT_MS;
    for (let isEntered = false; isLocked(); await sleep(4)) {
      if (performance.now() > until) throw new Error(`never unlocked: ${text(document.body).slice(0, 300)}`);
      if (isEntered || !key("1")) continue;
      enter("Lås upp");
      isEntered = true;
    }
  }

  /** The PIN on the keypad, and the key that ends it. */
  function enter(last) {
    for (const digit of globalThis.PIN) key(digit).click();
    key(last).click();
  }

  const named = (name, among = "button, a") =>
    [...document.querySelectorAll(among)].find((one) => text(one) === name || one.getAttribute("aria-label") === name);
  const beginning = (start) => [...document.querySelectorAll("footer.dock button")].filter((one) => text(one).startsWith(start)).at(-1);
  const said = () => [...document.querySelectorAll("[role=status], [role=alert]")].map(text).join(" ");

  /** The app holds up what it could not store. */
  class Refused extends Error {}
  const sheet = () => document.querySelector("dialog.sheet[open]");

  /** Do it, or find that the app could not store it and says so, with what was written still in sight. */
  async function attempt(which) {
    try {
      await act(which);
      return { saved: true };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      return { saved: false, said: error.message, kept: sheet().querySelector("textarea")?.value ?? "" };
    }
  }

  /** The same save once more, from the sheet that holds it up. */
  async function again() {
    const tap = tapping(() => named("Försök igen", "dialog button"));
    await seen(() => (sheet() ? tap() : /Här nu: |avslutat|sparad/.test(said())), "saved at last");
    return acknowledge();
  }

  /** Taps what `look` finds, over and over: the app takes no tap before the last one's answer stands on the screen. */
  function tapping(look) {
    let next = 0;
    return () => {
      if (performance.now() < next) return;
      look()?.click();
      next = performance.now() + 80;
    };
  }

  /** Tap what `look` finds until the app says `answer`. */
  async function tapped(look, answer, what) {
    const before = said();
    const tap = tapping(look);
    await seen(() => {
      if (sheet()) throw new Refused(text(sheet()));
      return (said() !== before && answer.test(said())) || tap();
    }, `${answer} after ${what}`);
  }

  const leaving = () => named("Klar – lugnt") ?? named("Klar");
  const running = () => document.querySelector(".panel.lit, .running");
  const moped = (one) => /Moped/.test(text(one).replaceAll("\u00ad", ""));

  /** The form of an event, its second step. */
  async function openForm() {
    location.hash = "#event";
    (await seen(() => [...document.querySelectorAll("main a")].find(moped), "the tile")).click();
    await seen(() => document.querySelector("main input[type=radio]"), "the form");
  }

  /** Another version of the app has been fetched whole, and waits to be let in. */
  async function waitingVersion() {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
    await seen(() => registration.waiting, "a new version that waits");
  }

  const acts = {
    /** Arrive, or leave where one is. */
    visit: () => tapped(() => (running() ? leaving() : beginning("Här nu")), /Här nu: |Besöket avslutat/, "Här nu or Klar"),
    /** Arrive elsewhere while a visit runs: two records by one tap. */
    move: () => tapped(() => beginning("Här nu") ?? named("Här nu", ".rows button"), /Här nu: /, "Här nu elsewhere"),
    async event() {
      await openForm();
      // A form draws itself again while it comes up: the kind is chosen when the way to save opens.
      const open = () => named("Spara händelsen")?.getAttribute("aria-disabled") === "false";
      await seen(() => open() || (document.querySelector("main input[type=radio]")?.click(), false), "a kind to choose");
      await tapped(() => named("Spara händelsen"), /Händelsen sparad/, "Spara händelsen");
    },
  };

  /** The app's database, by a connection of our own that is closed at once. */
  const opened = () =>
    new Promise((ok, no) => {
      const request = indexedDB.open("fieldlog");
      request.onsuccess = () => ok(request.result);
      request.onerror = () => no(request.error);
      request.onupgradeneeded = () => request.transaction.abort();
    });

  /** Rows of one of its stores. */
  async function rows(name, range) {
    const db = await opened();
    try {
      return await new Promise((ok, no) => {
        const request = db.transaction(name).objectStore(name).getAll(range);
        request.onsuccess = () => ok(request.result);
        request.onerror = () => no(request.error);
      });
    } finally {
      db.close();
    }
  }

  /** Every entry held, or those after `last` in its log: log, seq, rid and the hash of its very bytes. */
  async function entries(last) {
    const range = last && IDBKeyRange.bound([last.log, last.seq + 1], [last.log, Infinity]);
    return Promise.all((await rows("entries", range)).map(async (row) => {
      const { log, seq } = row;
      const { payload } = await globalThis.unsealed("entries", row, () => rows("keys"));
      const bytes = ArrayBuffer.isView(payload) ? payload : new Uint8Array();
      return { log, seq, sha256: hex(await crypto.subtle.digest("SHA-256", bytes)), ...name(bytes) };
    }));
  }

  function name(payload) {
    try {
      const { rid, t } = JSON.parse(new TextDecoder().decode(payload));
      return { rid, t };
    } catch {
      return { rid: null, t: null };
    }
  }

  let last;
  let told = Promise.resolve();

  /** What the app has just called saved is written down by the harness. */
  async function acknowledge() {
    const current = (await rows("meta")).find((row) => row.name === "log")?.value;
    if (last?.log !== current) last = { log: current, seq: 0 };
    const fresh = await entries(last);
    for (const { seq, rid, t, sha256 } of fresh) {
      last.seq = seq;
      if (t !== "open") globalThis.acknowledged(JSON.stringify({ rid, sha256 }));
    }
    return fresh.length;
  }

  /** Records that append() has just called saved by itself. */
  async function tell(saved) {
    const logs = [...new Set(saved.map(({ log }) => log))];
    const held = (await Promise.all(logs.map((log) => entries({ log, seq: 0 })))).flat();
    const bytes = new Map(held.map((entry) => [entry.rid, entry.sha256]));
    for (const { rid } of saved) globalThis.acknowledged(JSON.stringify({ rid, sha256: bytes.get(rid) ?? "" }));
  }

  /** The phone says that it wants a new code, or shows the way to enter one. */
  const asksForCode = () => location.hash.startsWith("#enrol") || Boolean(document.querySelector('a[href="#enrol"]'));

  /** One thing done in the app, and what it called saved. */
  async function act(which) {
    if (which !== "event") location.hash = "#now";
    await acts[which]();
    return acknowledge();
  }

  /** From here on: what lay there before was told before. */
  async function begin() {
    await unlock();
    const log = (await rows("meta")).find((row) => row.name === "log")?.value;
    if (log) last = { log, seq: Math.max(0, ...(await entries({ log, seq: 0 })).map((entry) => entry.seq)) };
  }

  /** How many records the top of the screen says that the centre lacks. */
  function lacking() {
    const chip = document.querySelector(".chip");
    if (!chip) throw new Error("no count in sight");
    return Number(chip.querySelector("b")?.textContent ?? 0);
  }

  /** The app is kept for a cold start without a network. */
  async function kept() {
    let ready = false;
    void navigator.serviceWorker.ready.then(() => (ready = true));
    await seen(() => ready, "a service worker that has kept the whole app: is static/dist of one build?");
  }

  /** Connect with the code that is in the address; the app can then start cold. */
  async function enrol() {
    (await seen(() => named("Koppla"), "Koppla")).click();
    for (const last of ["Nästa", "Spara"]) {
      await seen(() => key(last), `a keypad that ends with ${last}`);
      enter(last);
    }
    await seen(() => text(document.querySelector("h1")) === "Nu", "Nu");
    await seen(() => document.querySelector("footer.dock button"), "places");
    await kept();
    while (!(await rows("bundles")).some(({ name }) => name === "categories")) await sleep(20);
  }

  /** Damage a row of the app's own database, in the way that is named. */
  async function damage(name, key, how) {
    const db = await opened();
    try {
      await new Promise((ok, no) => {
        const change = db.transaction(name, "readwrite", { durability: "strict" });
        change.oncomplete = ok;
        change.onabort = () => no(change.error);
        const store = change.objectStore(name);
        store.get(key).onsuccess = ({ target }) => HOW[how](store, target.result, key);
      });
    } finally {
      db.close();
    }
  }

  const held = (row) => (row.sealed ? "sealed" : "payload");
  const HOW = {
    "a bit flipped": (store, row) => {
      const bytes = row[held(row)];
      bytes[bytes.length >> 1] ^= 1;
      store.put(row);
    },
    "cut short": (store, row) => store.put({ ...row, [held(row)]: row[held(row)].slice(0, 20) }),
    "not bytes": (store, row) => store.put({ ...row, [held(row)]: "?" }),
    "bytes gone": (store, row) => {
      delete row[held(row)];
      store.put(row);
    },
    "row gone": (store, row, key) => store.delete(key),
  };

  /** Whether the centre has signed for all that lies here, by the rows themselves and by the screen. */
  async function settled() {
    if (isLocked()) await unlock();
    const open = (await rows("logs")).filter(({ state }) => state === "open");
    return open.every(({ seq, up }) => (up?.have ?? 0) >= seq) && lacking() === 0;
  }

  globalThis.thumb = {
    settled,
    attempt,
    again,
    openForm,
    waitingVersion,
    damage,
    enrol,
    kept,
    lacking,
    act,
    tell,
    asksForCode,
    begin,
    entries,
    rows,
    seen,
    said,
    text,
    named,
    acknowledge,
    /** Go on, one thing after another, until the page ends: `choices` is drawn by the harness. */
    go(choices) {
      told = (async () => {
        for (const which of choices) await act(which);
      })().catch((error) => globalThis.stuck(String(error)));
    },
    finished: () => told,
  };
})();
