/**
 * The check on the phone, before anything is stored. The rules are generated from the one definition; here
 * is only how to read them (the few words of JSON Schema that they use, without eval), and what a schema
 * can't say. The stores judge again: a record that slips through is quarantined there, never lost.
 */
import { RULES } from "./rules.js";

/**
 * @typedef {object} Rule
 * @property {string | string[]} [type]
 * @property {(string | number | null)[]} [enum]
 * @property {string} [pattern]
 * @property {number} [minLength] code points after NFC
 * @property {number} [maxLength]
 * @property {number} [minimum]
 * @property {number} [maximum]
 * @property {number} [maxItems]
 * @property {Rule} [items]
 * @property {Record<string, Rule>} [properties]
 * @property {string[]} [required]
 * @property {boolean} [additionalProperties]
 * @property {Rule[]} [anyOf]
 */

/** What only a visit that is over may say. */
const SAID_AT_END = ["ended_by", "climate", "contacts", "nothing_observed", "note"];

/**
 * @param {import("./payload.js").Written} record
 * @returns {string | null} the path of what is wrong, such as "body.note", or null
 */
export function check(record) {
  const rule = RULES[record.t];
  if (!rule) return "t";
  return breaks(rule, record, "") ?? contradicts(record.t, record.body);
}

/**
 * @param {Rule} rule
 * @param {any} value
 * @param {string} path
 * @returns {string | null}
 */
function breaks(rule, value, path) {
  if (rule.anyOf && !rule.anyOf.some((one) => breaks(one, value, path) === null)) return path;
  if (rule.type && ![rule.type].flat().some((type) => IS[type](value))) return path;
  if (rule.enum && !rule.enum.includes(value)) return path;
  if (typeof value === "string") return breaksText(rule, value) ? path : null;
  if (typeof value === "number") return breaksNumber(rule, value) ? path : null;
  if (Array.isArray(value)) return breaksList(rule, value, path);
  return IS.object(value) ? breaksObject(rule, value, path) : null;
}

/** @type {Record<string, (value: any) => boolean>} */
const IS = {
  string: (value) => typeof value === "string",
  number: (value) => Number.isFinite(value),
  integer: (value) => Number.isSafeInteger(value),
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
  array: (value) => Array.isArray(value),
  object: (value) => value !== null && typeof value === "object" && !Array.isArray(value),
};

/** @param {Rule} rule @param {string} text */
function breaksText({ pattern, minLength = 0, maxLength = Infinity }, text) {
  const length = [...text.normalize("NFC")].length;
  return length < minLength || length > maxLength || (pattern !== undefined && !new RegExp(pattern).test(text));
}

/** @param {Rule} rule @param {number} number */
function breaksNumber({ minimum = -Infinity, maximum = Infinity }, number) {
  return number < minimum || number > maximum;
}

/** @param {Rule} rule @param {any[]} list @param {string} path @returns {string | null} */
function breaksList({ items = {}, maxItems = Infinity }, list, path) {
  if (list.length > maxItems) return path;
  return first(list, (one, i) => breaks(items, one, `${path}.${i}`));
}

/** @param {Rule} rule @param {Record<string, any>} value @param {string} path @returns {string | null} */
function breaksObject({ properties = {}, required = [], additionalProperties = true }, value, path) {
  const inside = (/** @type {string} */ key) => (path ? `${path}.${key}` : key);
  const missing = required.find((key) => !(key in value));
  if (missing) return inside(missing);
  return first(Object.keys(value), (key) => {
    if (Object.hasOwn(properties, key)) return breaks(properties[key], value[key], inside(key));
    return additionalProperties ? null : inside(key);
  });
}

/**
 * Fields that are right by themselves and wrong together.
 *
 * @param {string} t
 * @param {Record<string, any>} body
 * @param {string} [path]
 * @returns {string | null}
 */
function contradicts(t, body, path = "body") {
  if (t === "amend") return contradicts("category" in body.body ? "event" : "visit", body.body, `${path}.body`);
  if (body.point && body.point.lat === 0 && body.point.lon === 0) return `${path}.point`;
  if (t !== "visit") return null;
  const ended = (body.ended_at ?? null) !== null;
  const wrong = ended
    ? ["ended_by", "nothing_observed"].find((key) => (body[key] ?? null) === null)
    : SAID_AT_END.find((key) => (body[key] ?? null) !== null);
  return wrong ? `${path}.${wrong}` : null;
}

/**
 * @template T
 * @param {T[]} list
 * @param {(one: T, i: number) => string | null} wrong
 */
function first(list, wrong) {
  for (const [i, one] of list.entries()) {
    const path = wrong(one, i);
    if (path !== null) return path;
  }
  return null;
}
