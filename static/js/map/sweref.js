/** SWEREF 99 TM (EPSG:3006), the coordinates of Swedish maps, from a position in WGS 84. Knows no map. */

// Only the projection that is needed: all of proj4's weigh as much as half the map. Its types are its whole's.
// @ts-expect-error
import proj4 from "proj4/lib/core.js";
// @ts-expect-error
import utm from "proj4/lib/projections/utm.js";
// @ts-expect-error
import projections from "proj4/lib/projections.js";

/** GRS 80 and WGS 84 differ by less than any phone can measure, so no datum shift stands here. */
const SWEREF_99_TM = "+proj=utm +zone=33 +ellps=GRS80 +towgs84=0,0,0,0,0,0,0 +units=m +no_defs";

projections.add(utm);
const toSweref = proj4("WGS84", SWEREF_99_TM);

/** @param {number} lon @param {number} lat degrees @returns {{n: number, e: number}} metres */
export function sweref(lon, lat) {
  const [e, n] = toSweref.forward([lon, lat]);
  return { n, e };
}

/** @param {{n: number, e: number}} place @returns {{lon: number, lat: number}} degrees */
export function fromSweref({ n, e }) {
  const [lon, lat] = toSweref.inverse([e, n]);
  return { lon, lat };
}

/** "N 6 592 345  E 665 432", to the metre. @param {{n: number, e: number}} place */
export const written = ({ n, e }) => `N\u00a0${grouped(n)} E\u00a0${grouped(e)}`;

/** @param {number} metres */
const grouped = (metres) => String(Math.round(metres)).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
