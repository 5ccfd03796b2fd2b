/** Times and durations in words: "21:24", "18 min", "lör 21 nov". Pure; the caller says what time it is. */

import { language, words } from "../words/index.js";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** @type {Record<string, string>} */
const LOCALES = { sv: "sv-SE", en: "en-GB" };
/** @type {Record<string, Intl.DateTimeFormat[]>} */
const FORMATS = {};

/** "21:24", in the phone's own zone. @param {Date} when */
export const clock = (when) =>
  `${String(when.getHours()).padStart(2, "0")}:${String(when.getMinutes()).padStart(2, "0")}`;

/** "lör 21 nov". @param {Date} when */
export function day(when) {
  const [weekday, month] = formats(language()).map((format) => format.format(when).replace(".", ""));
  return `${weekday} ${when.getDate()} ${month}`;
}

/** Made once a language: making them takes longer than all else on a screen. @param {string} spoken */
function formats(spoken) {
  const options = /** @type {const} */ ([{ weekday: "short" }, { month: "short" }]);
  FORMATS[spoken] ??= options.map((one) => new Intl.DateTimeFormat(LOCALES[spoken], one));
  return FORMATS[spoken];
}

/** Whole minutes from one moment to the next, never below 0. @param {Date} from @param {Date} to */
export const minutesBetween = (from, to) => Math.max(0, Math.floor((+to - +from) / MINUTE));

/** "21:24" today, "i går 22:50", "tor 19 nov 22:50". @param {Date} when @param {Date} now */
export function moment(when, now) {
  const days = Math.round((+midnight(now) - +midnight(when)) / DAY);
  if (days === 0) return clock(when);
  if (days === 1) return `${words().time.yesterday} ${clock(when)}`;
  return `${day(when)} ${clock(when)}`;
}

/** How old something is: "12 min", "3 tim", "2 dygn". @param {Date} when @param {Date} now */
export function age(when, now) {
  const minutes = minutesBetween(when, now);
  const { time } = words();
  if (minutes < 60) return time.minutes(minutes);
  if (minutes < 48 * 60) return time.hours(Math.floor(minutes / 60));
  return time.days(Math.floor(minutes / (24 * 60)));
}

/** How far two clocks are apart: "2 tim". @param {number} skew ms, either way; an answer's way here takes a moment off it */
export const apart = (skew) => age(new Date(0), new Date(Math.round(Math.abs(skew) / MINUTE) * MINUTE));

/** @param {Date} when */
function midnight(when) {
  return new Date(when.getFullYear(), when.getMonth(), when.getDate());
}
