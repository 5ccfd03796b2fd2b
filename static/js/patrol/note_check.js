/** What a note must not hold: personal numbers stop (twin of sync/personal_number.py), contact data asks. Pure. */

/** @typedef {{kind: "personal"|"phone"|"email"|"plate", text: string, index: number}} Find */

const PERSONAL = /(?<!\d)(?:18|19|20)?(\d{6})[-+– ]?(\d{4})(?!\d)/g;
const LOOKS = /** @type {const} */ ([
  ["email", /[\w.+-]+@[\w-]+\.[\w.]+/g],
  ["phone", /(?<!\d)(?:\+46|0)[ -]?7\d(?:[ -]?\d){7}(?!\d)/g],
  ["plate", /(?<![\p{L}\d])[A-HJ-PR-UW-Z]{3} ?\d{2}[A-HJ-PR-UW-Z\d](?![\p{L}\d])/gu],
]);

/** Longest note, in code points after NFC. */
export const NOTE_MAX = 280;

/** @param {string} note */
export const noteLength = (note) => [...note.normalize("NFC")].length;

/** The personal numbers in a note; with one of them it must not be saved. @param {string} note @returns {Find[]} */
export function stops(note) {
  return [...note.matchAll(PERSONAL)]
    .filter(([, date, serial]) => plausibleDate(date) && luhn(date + serial))
    .map((match) => ({ kind: "personal", text: match[0], index: match.index }));
}

/** What looks like contact data: asked about, never stopped. @param {string} note @returns {Find[]} */
export function looks(note) {
  return LOOKS.flatMap(([kind, pattern]) =>
    [...note.matchAll(pattern)].map((match) => ({ kind, text: match[0], index: match.index })),
  );
}

/** The note without one find, spaces closed up. @param {string} note @param {Find} find */
export const without = (note, find) =>
  (note.slice(0, find.index) + note.slice(find.index + find.text.length)).replace(/ {2,}/g, " ").trim();

/** Months 00–12 and coordination days 61–91 occur in real numbers. @param {string} date YYMMDD */
function plausibleDate(date) {
  const month = Number(date.slice(2, 4));
  const dayOf = Number(date.slice(4, 6));
  return month <= 12 && (dayOf <= 31 || (dayOf >= 60 && dayOf <= 91));
}

/** @param {string} digits ten of them */
function luhn(digits) {
  const sum = [...digits].reduce((total, digit, index) => {
    const doubled = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
