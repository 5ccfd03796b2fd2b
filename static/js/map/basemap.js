/** A basemap of vector tiles, from one PMTiles file: kept on this phone, or at the server and read by pieces. */

import VectorTileLayer from "ol/layer/VectorTile.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import { PMTilesVectorSource } from "ol-pmtiles";
import { FileSource } from "pmtiles";
import { drawn, nameOf } from "./ground_rules.js";

/** The width of a road is what it is at this zoom, and half as much a level farther out. */
const RESOLUTION_14 = 9.55;

/**
 * A layer for each set of colours, all from the same source.
 *
 * @param {File|string} from a file, or the address of one
 * @returns {(look: import("./tokens.js").Tokens) => VectorTileLayer}
 */
export function basemap(from) {
  // Its types say that the url is both a text and a source; its code takes either.
  const url = /** @type {any} */ (typeof from === "string" ? from : new FileSource(from));
  const source = new PMTilesVectorSource({ url });
  return (look) => new VectorTileLayer({ source, declutter: "ground", background: look.bg, style: styled(look) });
}

/** @param {import("./tokens.js").Tokens} look @returns {import("ol/style/Style.js").StyleFunction} */
const styled = (look) => (feature, resolution) => {
  const properties = feature.getProperties();
  const how = drawn(properties.layer, properties);
  if (!how) return undefined;
  const color = look[how.colour];
  if (how.kind === "area") return new Style({ fill: new Fill({ color }), zIndex: how.z });
  if (how.kind === "line") {
    const width = Math.max(0.6, Math.min(14, ((how.width ?? 1) * RESOLUTION_14) / resolution));
    return new Style({ stroke: new Stroke({ color, width, lineCap: "round" }), zIndex: how.z });
  }
  const halo = new Stroke({ color: look.bg, width: 3 });
  return new Style({ text: new Text({ text: nameOf(properties), font: `${how.size}px ${look.font}`, fill: new Fill({ color }), stroke: halo }), zIndex: how.z });
};
