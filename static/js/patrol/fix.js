/** One position when it is wanted, never a trail: asks the phone once, and takes no for an answer. */

/** @typedef {import("./places.js").Fix} Fix */

const FRESH_MS = 2 * 60_000;
const SORTS_MS = 30 * 60_000;
const PATIENCE_MS = 8_000;

/** A fix, or why there is none. @returns {Promise<Fix|"declined"|"none">} */
export function askFix() {
  if (!("geolocation" in navigator)) return Promise.resolve("none");
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords, timestamp }) =>
        resolve({ lat: coords.latitude, lon: coords.longitude, acc_m: Math.round(coords.accuracy), at: timestamp }),
      (error) => resolve(error.code === error.PERMISSION_DENIED ? "declined" : "none"),
      { enableHighAccuracy: false, maximumAge: 60_000, timeout: PATIENCE_MS },
    );
  });
}

/**
 * The fix as a record carries it; an old one is none.
 * @param {Fix|null} fix @param {boolean} declined @param {Date} now
 * @returns {import("./bodies.js").Where}
 */
export function whereNow(fix, declined, now) {
  const fresh = freshFix(fix, now);
  if (!fresh) return { point: null, point_why: declined ? "declined" : "none" };
  const { lat, lon, acc_m } = fresh;
  return { point: { lat, lon, acc_m, age_s: Math.max(0, Math.round((+now - fresh.at) / 1000)) }, point_why: null };
}

/** Good enough to order a list by; a record asks for a fresher one. @param {Fix|null} fix @param {Date} now */
export const sortingFix = (fix, now) => (fix && +now - fix.at < SORTS_MS ? fix : null);

/** @param {Fix|null} fix @param {Date} now */
const freshFix = (fix, now) => (fix && +now - fix.at < FRESH_MS ? fix : null);
