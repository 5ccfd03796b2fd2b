/**
 * The check on the phone, before anything is stored: the rules of each record type.
 */

/** @param {import("./payload.js").Written} record @returns {string | null} what is wrong, or null */
export function check(record) {
  return record.body && typeof record.body === "object" ? null : "body";
}
