/** What is wrong at a place until seen fixed: what the servers told, and what this phone's own records say since. Pure. */

/** @typedef {{rid: string, place: string, category: string, since: string, seen: string|null}} Condition  seen: when it was last still so */

/**
 * The open ones at a place, the latest first.
 *
 * @param {string|null} place
 * @param {{told: Condition[], records: any[], tiles: any[]}} known  records: own, as `mine` gives them
 * @returns {Condition[]}
 */
export function openAt(place, { told, records, tiles }) {
  const stays = new Set(faults(tiles).map((kind) => kind.code));
  const own = records.filter((one) => one.t === "event" && stays.has(one.body.category));
  const gone = new Set(own.filter((one) => one.withdrawn).map((one) => one.rid));
  const said = records.filter((one) => (one.t === "confirm" || one.t === "resolve") && !one.withdrawn);
  const fixed = new Set(said.filter((one) => one.t === "resolve").map((one) => one.body.ref));
  const known = new Map(told.map((one) => [one.rid, one]));
  for (const one of own) known.set(one.rid, { ...ofOwn(one), seen: known.get(one.rid)?.seen ?? null });
  return [...known.values()]
    .filter((one) => one.place === place && !gone.has(one.rid) && !fixed.has(one.rid))
    .map((one) => ({ ...one, seen: lastSeen(one, said) }))
    .sort((a, b) => Date.parse(b.since) - Date.parse(a.since));
}

/** The kinds that stay until seen fixed, as the categories tell. @param {any[]} tiles @returns {any[]} */
export const faults = (tiles) => tiles.flatMap((tile) => tile.children).filter((kind) => kind.standing);

/** @param {any} record @returns {Condition} */
const ofOwn = ({ rid, body }) => ({ rid, place: body.place, category: body.category, since: body.from, seen: null });

/** @param {Condition} one @param {any[]} said */
function lastSeen(one, said) {
  const times = said.filter(({ t, body }) => t === "confirm" && body.ref === one.rid).map(({ at }) => at);
  const all = [...times, ...(one.seen ? [one.seen] : [])];
  return all.sort((a, b) => Date.parse(b) - Date.parse(a))[0] ?? null;
}
