/** Which screen the address names: "#event/ORD" is {screen: "event", arg: "ORD"}. Knows no screen's inside. */

const SCREENS = new Set([
  "now", "event", "where", "leave", "just-here", "other-place", "map", "mine", "correct", "more", "enrol", "child",
  "storage", "rescue", "sign-out", "practice", "pin", "fault", "messages", "shift", "install",
]);

/** Screens where something half written could be lost by a reload. */
export const FORMS = new Set(["event", "fault", "where", "leave", "just-here", "correct", "enrol", "pin"]);

/** @param {string} hash @returns {{screen: string, arg: string}} */
export function parse(hash) {
  const enrol = /^#enrol=(.+)$/.exec(hash);
  if (enrol) return { screen: "enrol", arg: decodeURIComponent(enrol[1]) };
  const [screen, arg = ""] = hash.slice(1).split("/");
  return SCREENS.has(screen) ? { screen, arg: decodeURIComponent(arg) } : { screen: "now", arg: "" };
}

/** @param {string} screen @param {string} [arg] */
export const address = (screen, arg) => `#${screen}${arg ? `/${encodeURIComponent(arg)}` : ""}`;

/** @param {string} screen @param {string} [arg] */
export function go(screen, arg) {
  location.hash = address(screen, arg);
}

/** Go without leaving a step behind, so that "back" never reopens a finished form. @param {string} screen */
export function goInstead(screen) {
  history.replaceState(null, "", address(screen));
  dispatchEvent(new HashChangeEvent("hashchange"));
}
