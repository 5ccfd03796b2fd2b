/** A record of one's own in words: a heading and one line. Knows the words, not the screen. */

import { words } from "../words/index.js";
import { categoryName } from "./categories.js";
import { clock, day, minutesBetween } from "./times.js";

/** @typedef {import("./model.js").State} State */

/** "Besök, Häggviks station". @param {State} state @param {any} record */
export function heading(state, record) {
  const { mine: say } = words();
  if (record.t === "confirm" || record.t === "resolve") return say[/** @type {"confirm"|"resolve"} */ (record.t)];
  const place = state.placeName(record.body.place);
  return record.t === "visit" ? say.visit(place) : say.event(place);
}

/** "26 min, lugnt"; "Samling & ordning, 4–10, störande". @param {State} state @param {any} record */
export function describe(state, record) {
  const { mine: say } = words();
  const parts = PARTS[record.t](state, record);
  if (record.withdrawn) parts.push(say.withdrawn);
  else if (record.amended && record.body.far == null) parts.push(say.amended);
  return parts.filter(Boolean).join(", ");
}

/** @type {Record<string, (state: State, record: any) => any[]>} */
const PARTS = { visit: visitParts, event: eventParts, confirm: conditionParts, resolve: conditionParts };

/** Why a record stands in quarantine, in words. @param {string|null} code */
export function reason(code) {
  const { needs: say } = words();
  return say[/** @type {keyof typeof say} */ (code)] ?? say.other;
}

/** @param {State} state @param {any} record */
function visitParts(state, { rid, body }) {
  const { mine: say, time, leave } = words();
  if (!body.ended_at) return [say.running];
  const events = state.records.filter((one) => one.t === "event" && one.body.visit === rid && !one.withdrawn).length;
  const calm = body.nothing_observed ? say.calm : null;
  const climate = calm ? null : leave.climates[/** @type {"calm"} */ (body.climate)]?.toLowerCase();
  return [
    time.minutes(minutesBetween(new Date(body.started_at), new Date(body.ended_at))),
    calm ?? climate,
    events ? say.events(events) : null,
    body.ended_by === "backfill" ? say.backfilled : null,
    body.far == null ? null : body.far ? say.far : say.near,
  ];
}

/** "Trasig belysning, Rotebro station", if it is still known which. @param {State} state @param {any} record */
function conditionParts(state, { body }) {
  const own = state.records.find((one) => one.rid === body.ref)?.body;
  const known = own ?? state.conditions?.find((one) => one.rid === body.ref);
  return known ? [categoryName(state, known.category), state.placeName(known.place)] : [];
}

/** @param {State} state @param {any} record */
function eventParts(state, { body }) {
  const { eventForm } = words();
  return [
    categoryName(state, body.category),
    body.people?.replace("-", "–"),
    eventForm.severities[body.severity - 1]?.toLowerCase(),
  ];
}

/**
 * All that a record not yet stored would say, as text to copy by hand.
 *
 * @param {State} state
 * @param {{t: string, body: any}} unsaved
 */
export function inWords(state, { t, body }) {
  const whole = t === "amend" ? body.body : body;
  const of = t === "leave" ? { ...state.running?.body, ...whole } : whole;
  const kind = "category" in of ? "event" : "visit";
  const record = { t: t in PARTS ? t : kind, rid: "", body: of };
  const when = new Date(of.from ?? of.started_at ?? Date.now());
  return [`${day(when)} ${clock(when)}`, heading(state, record), describe(state, record), of.note].filter(Boolean).join("\n");
}
