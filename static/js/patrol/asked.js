/** What this phone has asked or told once, by ids alone: it is not asked or told again. Losing it asks once more. */

const KEY = "fieldlog.asked";
const MOST = 200;

/** @typedef {"stay"|"closed"|"read"} What  stay: still here after 45 min; closed: ended by itself; read: messages */

/** @param {What} what @param {string} id */
export const isAsked = (what, id) => (kept()[what] ?? []).includes(id);

/** @param {What} what @param {string[]} ids */
export function asked(what, ids) {
  const before = kept();
  const all = [...new Set([...ids, ...(before[what] ?? [])])].slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...before, [what]: all }));
  } catch {
    // A full or closed storage: the question comes once more.
  }
}

/** @returns {Partial<Record<What, string[]>>} */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}");
  } catch {
    return {};
  }
}
