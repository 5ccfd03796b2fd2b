/**
 * What a note must not hold, and what it should not: personal data, found before anything is kept. Twin of
 * sync/brake, by the same rules. Pure.
 */
import { RULES } from "./brake_rules.js";

/** @typedef {"personal" | "phone" | "email" | "plate" | "handle" | "name"} Kind */
/** @typedef {{kind: Kind, text: string, index: number}} Find */

const STOP = RULES.stop.map(([kind, pattern]) => [kind, made(pattern)]);
const WARN = RULES.warn.map(([kind, pattern]) => [kind, made(pattern)]);
const NAME = Object.fromEntries(Object.entries(RULES.name).map(([key, pattern]) => [key, made(pattern)]));
const [NO_FIRST, NO_LAST, PLACE_END] = [RULES.name.no_first, RULES.name.no_last, RULES.name.place_end].map(whole);

/** Personal numbers; with one of them the note must not be saved. @param {string} note @returns {Find[]} */
export function stops(note) {
  return found(STOP, note, ([, ...digits]) => isNumber(digits));
}

/** What looks like personal data otherwise, in the order of the note, none inside another. @param {string} note @returns {Find[]} */
export function warns(note) {
  const taken = stops(note);
  const all = [...found(WARN, note), ...names(note)];
  for (const one of all.sort((a, b) => a.index - b.index || b.text.length - a.text.length)) {
    if (taken.every((other) => end(one) <= other.index || end(other) <= one.index)) taken.push(one);
  }
  return taken.filter(({ kind }) => kind !== "personal").sort((a, b) => a.index - b.index);
}

/** Two capitalised words that are not known to name a place, and what is said to be a name. @param {string} note */
function names(note) {
  const told = found([["name", NAME.told], ["name", NAME.initial]], note);
  const pair = NAME.pair;
  pair.lastIndex = 0;
  for (let match = pair.exec(note); match; match = pair.exec(note)) {
    const [, first, last] = match;
    const place = NO_FIRST.test(first) || NO_LAST.test(last) || PLACE_END.test(last) || PLACE_END.test(first);
    if (place) pair.lastIndex = match.index + match[0].length - last.length;
    else told.push({ kind: "name", text: match[0], index: match.index });
  }
  return told;
}

/**
 * @param {any[]} rules
 * @param {string} note
 * @param {(match: RegExpMatchArray) => boolean} [counts]
 * @returns {Find[]}
 */
function found(rules, note, counts = () => true) {
  return rules.flatMap(([kind, pattern]) =>
    [...note.matchAll(pattern)].filter(counts).map((match) => ({ kind, text: match[0], index: match.index })),
  );
}

/** @param {string} pattern @returns {RegExp} */
function made(pattern) {
  return new RegExp(spelled(pattern), "gu");
}

/** @param {string} pattern @returns {RegExp} */
function whole(pattern) {
  return new RegExp(`^(?:${spelled(pattern)})$`, "u");
}

/** @param {string} pattern */
function spelled(pattern) {
  return Object.entries(RULES.letters).reduce((text, [name, letters]) => text.replaceAll(`{${name}}`, letters), pattern);
}

/** @param {Find} one */
function end(one) {
  return one.index + one.text.length;
}

/** Months 00–12 and coordination days 60–91 occur in real numbers. @param {string[]} digits two, two, two and four */
function isNumber([year, month, day, last]) {
  const inYear = Number(month) <= 12 && (Number(day) <= 31 || (Number(day) >= 60 && Number(day) <= 91));
  return inYear && luhn(year + month + day + last);
}

/** @param {string} digits ten of them */
function luhn(digits) {
  const sum = [...digits].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
