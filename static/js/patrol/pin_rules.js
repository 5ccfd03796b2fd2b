/** Which PINs are too easy to guess: what most people would choose first. */

/** @param {string} pin digits @returns {boolean} */
export function isTooEasy(pin) {
  const steps = new Set([...pin].slice(1).map((digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10));
  return steps.size === 1 || isRepeated(pin) || isDate(pin);
}

/** One part of it over and over: 12121212, 12341234. @param {string} pin */
function isRepeated(pin) {
  return /^(\d{1,4})\1+$/.test(pin);
}

/** A day that somebody may have been born: 19850412. @param {string} pin */
function isDate(pin) {
  return /^(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])$/.test(pin);
}
