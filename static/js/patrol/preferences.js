/** How this phone likes the app: language, look, position, shift. No records; losing them loses nothing. */

const KEY = "fieldlog.preferences";

/** @typedef {{language: "sv"|"en", look: "auto"|"light"|"dark", position: "unasked"|"on"|"off", mode: string, crew: number}} Preferences */

/** @type {Preferences} */
const DEFAULTS = { language: "sv", look: "auto", position: "unasked", mode: "foot", crew: 2 };

/** @returns {Preferences} */
export function preferences() {
  try {
    return { ...DEFAULTS, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return { ...DEFAULTS };
  }
}

/** Keep one answer; where storage is refused it holds until the app closes. @param {Partial<Preferences>} some */
export function prefer(some) {
  const now = { ...preferences(), ...some };
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // A full or closed storage: a preference is not worth a word on the screen.
  }
  return now;
}
