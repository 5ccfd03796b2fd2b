/** A place that can be moved and made wider on the map: a tap sets it, its middle and its edge can be dragged. */

import Collection from "ol/Collection.js";
import Feature from "ol/Feature.js";
import Modify from "ol/interaction/Modify.js";
import VectorLayer from "ol/layer/Vector.js";
import { fromLonLat, toLonLat } from "ol/proj.js";
import VectorSource from "ol/source/Vector.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import { reachOf, shrink } from "./marks.js";
import { tokens } from "./tokens.js";

/** @typedef {{lon: number, lat: number, radius_m: number}} Circle */

/**
 * @param {import("./picture.js").Picture} picture
 * @param {(circle: Circle) => void} told called after every change by hand
 * @returns {(circle: Circle) => void} put it somewhere else
 */
export function editable(picture, told) {
  const feature = new Feature();
  const source = new VectorSource();
  const layer = new VectorLayer({ source, zIndex: 6, style: () => styled(tokens(picture.target)) });
  const modify = new Modify({ features: new Collection([feature]), pixelTolerance: 14 });
  picture.map.addLayer(layer);
  picture.map.addInteraction(modify);
  const put = (/** @type {Circle} */ { lon, lat, radius_m }) => {
    feature.setGeometry(reachOf(fromLonLat([lon, lat]), radius_m));
    if (!source.hasFeature(feature)) source.addFeature(feature);
  };
  modify.on("modifyend", () => told(circleOf(feature)));
  picture.map.on("singleclick", ({ coordinate }) => {
    const radius_m = feature.getGeometry() ? circleOf(feature).radius_m : NaN;
    const [lon, lat] = toLonLat(coordinate);
    told({ lon, lat, radius_m });
  });
  return put;
}

/** @param {Feature} feature @returns {Circle} */
function circleOf(feature) {
  const circle = /** @type {import("ol/geom/Circle.js").default} */ (feature.getGeometry());
  const centre = circle.getCenter();
  const [lon, lat] = toLonLat(centre);
  return { lon, lat, radius_m: Math.round(circle.getRadius() * shrink(centre[1])) };
}

/** @param {import("./tokens.js").Tokens} look */
const styled = (look) => new Style({ stroke: new Stroke({ color: look.ink, width: 2.5 }), fill: new Fill({ color: [255, 198, 43, 0.18] }) });
