/** The bodies of the records a patrol writes, field by field as the protocol names them. Pure: stores nothing. */

import { localTime } from "../store/payload.js";

/**
 * @typedef {{lat: number, lon: number, acc_m: number|null, age_s: number|null}} Point
 * @typedef {{point: Point|null, point_why: "declined"|"none"|null}} Where
 * @typedef {{mode: string, crew: number}} Shift
 * @typedef {{climate: string|null, contacts: string|null, nothing_observed: boolean, note: string}} Said
 */

/** What "lugnt" says. @type {Said} */
export const CALM = { climate: "calm", contacts: null, nothing_observed: true, note: "" };

/** What is said when a visit with events ends, or ends because another begins. @type {Said} */
export const UNSAID = { climate: null, contacts: null, nothing_observed: false, note: "" };

/**
 * A visit that begins now.
 * @param {{place: string|null, planned: boolean, at: Date, where: Where, far: boolean|null, shift: Shift}} arrival
 */
export function visit({ place, planned, at, where, far, shift }) {
  return {
    place,
    ...where,
    far,
    started_at: localTime(at),
    ended_at: null,
    ended_by: null,
    mode: shift.mode,
    crew: shift.crew,
    kind: planned ? "planned" : "own",
  };
}

/**
 * A visit that is already over when it is written: filled in afterwards.
 * @param {{place: string|null, planned: boolean, from: Date, to: Date, shift: Shift}} past
 */
export function pastVisit({ place, planned, from, to, shift }) {
  const where = /** @type {Where} */ ({ point: null, point_why: "none" });
  return {
    ...visit({ place, planned, at: from, where, far: null, shift }),
    ended_at: localTime(to),
    ended_by: "backfill",
    ...UNSAID,
  };
}

/** @param {string} ref rid of the visit @param {Date} at @param {"tap"|"auto"} by @param {Said} said */
export const leave = (ref, at, by, said) => ({ ref, ended_at: localTime(at), ended_by: by, ...said });

/**
 * @typedef {{category: string, people: string|null, severity: number, ages: string[], handled: string[],
 *   note: string, source: string}} EventAnswers
 * @typedef {{place: string|null, from: Date, to: Date|null}} EventWhere
 */

/** @param {EventAnswers} answers @param {EventWhere} where @param {string|null} visitRid */
export function event(answers, where, visitRid) {
  return {
    visit: visitRid,
    category: answers.category,
    place: where.place,
    point: null,
    precision: where.place ? "place" : "district",
    from: localTime(where.from),
    to: where.to ? localTime(where.to) : null,
    source: answers.source,
    people: answers.people,
    ages: answers.ages,
    severity: answers.severity,
    handled: answers.handled,
    police_report: false,
    fault_report: answers.handled.includes("fault_reported"),
    note: answers.note.trim(),
    blobs: [],
  };
}

/** An event's whole body with new answers; what the form doesn't ask for stays. @param {any} body @param {EventAnswers & {place: string|null}} answers */
export const corrected = (body, answers) => ({
  ...body,
  category: answers.category,
  place: answers.place,
  precision: answers.place || !body.place ? body.precision : "district",
  source: answers.source,
  people: answers.people,
  ages: answers.ages,
  severity: answers.severity,
  handled: answers.handled,
  fault_report: answers.handled.includes("fault_reported"),
  note: answers.note.trim(),
});

/** @param {string} ref @param {string} base hex SHA-256 of the payload seen @param {any} body @param {string} why */
export const amend = (ref, base, body, why) => ({ ref, base, body, why });

/** @param {string} ref @param {string} why */
export const withdraw = (ref, why) => ({ ref, why });
