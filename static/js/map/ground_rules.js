/**
 * What of a basemap is drawn and how, by the layer names of Protomaps and of OpenMapTiles: water, green, roads by
 * weight, names. All else is left out: the marks are what the map is for. Pure.
 */

/**
 * @typedef {{kind: "area"|"line"|"name", colour: "map-water"|"map-green"|"map-road"|"surface-3"|"line"|"ink-2"|"ink-3",
 *   width?: number, size?: number, z: number}} Drawn  z: what lies over what
 */

const GREEN = new Set([
  "wood", "forest", "park", "grass", "grassland", "scrub", "cemetery", "golf_course", "garden", "nature_reserve", "meadow",
  "recreation_ground", "protected_area", "national_park", "pitch", "farmland",
]);
/** Protomaps says `kind`, OpenMapTiles `class`. Wide in pixels at zoom 14. @type {Record<string, number>} */
const ROADS = {
  highway: 5, motorway: 5, trunk: 5, major_road: 3.5, primary: 4, secondary: 3.5, tertiary: 3, medium_road: 3,
  minor_road: 2, minor: 2, street: 2, service: 1.2, path: 0.8, track: 0.8,
};
const RAILS = new Set(["rail", "transit"]);
/** @type {Record<string, number>} */
const NAMES = { city: 15, town: 15, locality: 13, suburb: 13, village: 13, neighbourhood: 12, quarter: 12, hamlet: 12, macrohood: 13 };

/**
 * @param {string} layer
 * @param {Record<string, any>} properties
 * @returns {Drawn|null} null: not drawn
 */
export function drawn(layer, properties) {
  const kind = properties.class ?? properties.kind ?? "";
  switch (layer) {
    case "water":
      return { kind: "area", colour: "map-water", z: 1 };
    case "waterway":
      return { kind: "line", colour: "map-water", width: 1.5, z: 1 };
    case "landuse":
    case "landcover":
    case "natural":
    case "park":
      return GREEN.has(kind) || layer === "park" ? { kind: "area", colour: "map-green", z: 0 } : null;
    case "building":
    case "buildings":
      return { kind: "area", colour: "surface-3", z: 2 };
    case "roads":
    case "transportation":
    case "transit":
      return road(kind);
    case "places":
    case "place":
      return name(properties);
    default:
      return null;
  }
}

/** @param {string} kind @returns {Drawn|null} */
function road(kind) {
  if (RAILS.has(kind)) return { kind: "line", colour: "ink-3", width: 1.2, z: 4 };
  const width = ROADS[kind];
  return width ? { kind: "line", colour: "map-road", width, z: 3 } : null;
}

/** Swedish first, as on the signs. @param {Record<string, any>} properties @returns {string} */
export const nameOf = (properties) => properties["name:sv"] ?? properties.name ?? "";

/** @param {Record<string, any>} properties @returns {Drawn|null} */
function name(properties) {
  const size = NAMES[properties.class ?? properties.kind_detail ?? properties.kind] ?? NAMES[properties.kind];
  return size && nameOf(properties) ? { kind: "name", colour: "ink-2", size, z: 5 } : null;
}
