/** Which places stand on Now, and in what order. Pure: knows neither the store nor the screen. */

/**
 * @typedef {{code: string, name: string, kind: string, district: string|null,
 *   lat: number|null, lon: number|null, radius_m: number|null}} Place
 * @typedef {{org: string, at: string, minutes: number|null}} Last
 * @typedef {{code: string, target: number|null, by?: string[]|null, callouts?: boolean, delivered: number,
 *   last: Last|null}} Planned  by: whose visits count, null for everybody's
 * @typedef {{code: string, visits: number|null, when: string}} Chosen
 * @typedef {Place & {plan: Planned|null, distance: number|null, chosen: Chosen|null}} Row  distance in metres
 * @typedef {{lat: number, lon: number, acc_m: number, at: number}} Fix
 */

const EARTH_M = 6_371_000;
const NEAR = 3;
const RECENT = 3;
const BY_NAME = new Intl.Collator("sv");

/**
 * Every place with its plan and distance. What the meeting chose for the week stands first; then, in the order
 * the patrol most likely wants, the nearest where a fix is known, else (for what was chosen: in the meeting's
 * order) the latest visited, then what is most owed, then by name.
 * @param {{places: Place[], plan: Planned[], fix: Fix|null, recent: string[], chosen?: Chosen[]}} known
 * @returns {Row[]}
 */
export function ordered({ places, plan, fix, recent, chosen = [] }) {
  const planned = new Map(plan.map((one) => [one.code, one]));
  const turn = new Map(chosen.map((one, index) => [one.code, index]));
  const rows = places.map((place) => ({
    ...place,
    plan: planned.get(place.code) ?? null,
    distance: fix && place.lat != null && place.lon != null ? metres(fix, place) : null,
    chosen: chosen[turn.get(place.code) ?? -1] ?? null,
  }));
  const turnOf = (/** @type {Row} */ row) => turn.get(row.code) ?? chosen.length;
  const rank = (/** @type {Row} */ row) => {
    const at = recent.indexOf(row.code);
    return at < 0 ? recent.length : at;
  };
  return rows.sort(
    (a, b) =>
      Number(!a.chosen) - Number(!b.chosen) ||
      (fix ? (a.distance ?? Infinity) - (b.distance ?? Infinity) || 0 : 0) ||
      turnOf(a) - turnOf(b) ||
      rank(a) - rank(b) ||
      owed(b) - owed(a) ||
      BY_NAME.compare(a.name, b.name),
  );
}

/**
 * The rows for today: what the plan asks for, the nearest and the latest visited; all where no plan is known.
 * @param {Row[]} rows  as `ordered` gives them
 * @param {{fix: Fix|null, recent: string[]}} known
 */
export function today(rows, { fix, recent }) {
  if (!rows.some((row) => row.plan)) return rows;
  const near = new Set(fix ? rows.filter((row) => !row.chosen).slice(0, NEAR).map((row) => row.code) : []);
  const lately = new Set(recent.slice(0, RECENT));
  return rows.filter((row) => row.plan || near.has(row.code) || lately.has(row.code));
}

/**
 * The plan with one's own visits that the centre had not counted when it was made.
 * @param {{as_of: string, places: Planned[]}} plan
 * @param {{t: string, state: string, withdrawn: boolean, body: any}[]} records newest first
 * @param {string} org whose visits they are
 * @param {number} [skew] ms that the centre's clock is ahead of the phone's
 * @returns {Planned[]}
 */
export function withOwn(plan, records, org, skew = 0) {
  const asOf = Date.parse(plan.as_of) - skew;
  const uncounted = records.filter(
    ({ t, state, withdrawn, body }) =>
      t === "visit" && !withdrawn && body.ended_at && (state !== "centre" || Date.parse(body.ended_at) > asOf),
  );
  return plan.places.map((one) => {
    const own = uncounted.filter(({ body }) => body.place === one.code);
    if (!own.length) return one;
    const delivered = own.filter(({ body }) => counts(one, org, body.kind)).length;
    const [{ body }] = own;
    const minutes = Math.floor((+new Date(body.ended_at) - +new Date(body.started_at)) / 60_000);
    return { ...one, delivered: one.delivered + delivered, last: { org, at: body.started_at, minutes } };
  });
}

/**
 * Whether a visit counts towards what is asked of the place.
 * @param {Planned} planned @param {string} org whose visit @param {string} kind of visit
 */
const counts = ({ by, callouts }, org, kind) => (!by || by.includes(org)) && (callouts || kind !== "callout");

/** Place codes of own visits, latest first, each once. @param {{t: string, body: any}[]} records */
export function recentCodes(records) {
  const codes = records.filter((one) => one.t === "visit" && one.body.place).map((one) => one.body.place);
  return [...new Set(codes)];
}

/** "40 m", "250 m", "1,4 km". @param {number} distance metres @param {string} language */
export function inWords(distance, language) {
  if (distance < 1000) return `${Math.max(10, Math.round(distance / 10) * 10)} m`;
  const kilometres = (distance / 1000).toFixed(distance < 10_000 ? 1 : 0);
  return `${language === "sv" ? kilometres.replace(".", ",") : kilometres} km`;
}

/** Great-circle distance. @param {{lat: number, lon: number}} a @param {any} b */
export function metres(a, b) {
  const radians = (/** @type {number} */ degrees) => (degrees * Math.PI) / 180;
  const half = (/** @type {number} */ x) => Math.sin(radians(x) / 2) ** 2;
  const chord = half(b.lat - a.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(b.lon - a.lon);
  return 2 * EARTH_M * Math.asin(Math.min(1, Math.sqrt(chord)));
}

/** @param {Row} row */
function owed(row) {
  if (!row.plan) return -1;
  return Math.max(0, (row.plan.target ?? 0) - row.plan.delivered);
}
