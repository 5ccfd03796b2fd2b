/**
 * How a place is drawn: its reach, then what it shows, side by side, then its name. Amber is presence, ink is
 * events, hatched is not known. Every mark is said in words beside the map as well.
 */

import CircleGeometry from "ol/geom/Circle.js";
import Circle from "ol/style/Circle.js";
import Fill from "ol/style/Fill.js";
import RegularShape from "ol/style/RegularShape.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import { beside } from "./names.js";

/** @typedef {import("./tokens.js").Tokens} Tokens */
/** @typedef {"presence"|"running"|"owed"|"event"|"standing"|"unknown"} Shown */

/** From one mark of a place to the next, in pixels. */
const STEP = 16;
/** A reach smaller than the mark itself says nothing. */
const LEAST_REACH_PX = 12;

/**
 * @param {Tokens} look
 * @param {() => unknown} chosen the id of the mark that is picked
 * @param {(at: number[]) => import("./names.js").Room} roomAt
 * @returns {import("ol/style/Style.js").StyleFunction}
 */
export function markStyle(look, chosen, roomAt) {
  const shapes = drawn(look);
  const write = writing(look);
  return (feature, resolution) => {
    const point = /** @type {import("ol/geom/Point.js").default} */ (feature.getGeometry());
    const { shows, name, note, radius_m: reach } = feature.getProperties();
    const styles = reachStyle(look, point, reach, resolution);
    const wide = (shows.length - 1) * STEP;
    shows.forEach((/** @type {Shown} */ one, /** @type {number} */ index) => {
      styles.push(...shapes[one](index * STEP - wide / 2));
    });
    if (feature.getId() === chosen()) styles.push(ring(look.ink, 18, 3));
    return [...styles, ...write(name, note, roomAt(point.getCoordinates()), wide)];
  };
}

/** The name of a place and what is added, each in its weight. @param {Tokens} look */
function writing(look) {
  const [bold, plain] = [600, 400].map((weight) => `${weight} 14px ${look.font}`);
  const stroke = new Stroke({ color: look["surface-1"], width: 4 });
  const fill = new Fill({ color: look.ink });
  const ruler = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  const measured = (/** @type {string} */ text, /** @type {string} */ font) => {
    ruler.font = font;
    return ruler.measureText(text).width;
  };
  return (/** @type {string} */ name, /** @type {string} */ note, /** @type {import("./names.js").Room} */ room, /** @type {number} */ marks) => {
    const added = note ? ` ${note}` : "";
    const wide = measured(name, bold);
    const stands = beside(room, { name: wide, whole: wide + measured(added, plain), marks });
    if (!stands) return [];
    const text = added && stands.isWhole ? [name, bold, added, plain] : name;
    const { textAlign, offsetX } = stands;
    return [new Style({ text: new Text({ text, font: bold, fill, stroke, textAlign, offsetX }) })];
  };
}

/** Where one is, and how sure the phone is of it. @param {Tokens} look @returns {import("ol/style/Style.js").StyleFunction} */
export const ownStyle = (look) => (feature) => {
  const lamp = new Circle({ radius: 7, fill: new Fill({ color: look["st-node"] }), stroke: new Stroke({ color: look["surface-1"], width: 3 }) });
  const edge = new Style({ stroke: new Stroke({ color: look["st-node"], width: 2, lineDash: [4, 4] }) });
  return feature.getGeometry()?.getType() === "Circle" ? edge : new Style({ image: lamp });
};

/** A circle of so many metres on the ground: Mercator stretches everything by 1/cos(latitude). @param {number[]} centre in EPSG:3857 @param {number} metres */
export const reachOf = (centre, metres) => new CircleGeometry(centre, metres / shrink(centre[1]));

/** Metres on the ground for one of EPSG:3857. @param {number} y */
export const shrink = (y) => 1 / Math.cosh(y / 6_378_137);

/** @param {Tokens} look @param {import("ol/geom/Point.js").default} point @param {number} metres @param {number} resolution */
function reachStyle(look, point, metres, resolution) {
  const centre = point.getCoordinates();
  if (!metres || metres / shrink(centre[1]) / resolution < LEAST_REACH_PX) return [];
  return [new Style({ geometry: reachOf(centre, metres), stroke: new Stroke({ color: look["line-strong"], width: 1.5, lineDash: [6, 4] }) })];
}

/** @param {Tokens} look @returns {Record<Shown, (dx: number) => Style[]>} */
function drawn(look) {
  const fill = (/** @type {any} */ color) => new Fill({ color });
  const line = (/** @type {string} */ color, width = 1.5) => new Stroke({ color, width });
  const disc = (/** @type {number} */ radius, /** @type {any} */ inside, /** @type {Stroke} */ rim) => (/** @type {number} */ dx) =>
    image(new Circle({ radius, fill: fill(inside), stroke: rim, displacement: [dx, 0], declutterMode: "none" }));
  const lamp = disc(8, look.accent, line(look["accent-edge"]));
  return {
    presence: (dx) => [lamp(dx)],
    running: (dx) => [disc(11, look["surface-1"], line(look["accent-edge"], 2))(dx), disc(6, look.accent, line(look["accent-edge"]))(dx)],
    owed: (dx) => [disc(7, look["surface-1"], line(look["ink-2"], 2))(dx)],
    event: (dx) => [disc(6, look.ink, line(look["surface-1"]))(dx)],
    standing: (dx) => [square(look, dx), disc(2, look.ink, line(look.ink, 0.5))(dx)],
    unknown: (dx) => [disc(8, look["surface-1"], line(look["ink-2"]))(dx), disc(8, hatch(look), line(look["ink-2"]))(dx)],
  };
}

/** @param {Tokens} look @param {number} dx */
const square = (look, dx) =>
  image(
    new RegularShape({
      points: 4, radius: 10, angle: Math.PI / 4, displacement: [dx, 0], declutterMode: "none",
      fill: new Fill({ color: look["surface-1"] }), stroke: new Stroke({ color: look.ink, width: 2 }),
    }),
  );

/** @param {string} color @param {number} radius @param {number} width */
const ring = (color, radius, width) => image(new Circle({ radius, stroke: new Stroke({ color, width }), declutterMode: "none" }));

/** @param {import("ol/style/Image.js").default} shape */
const image = (shape) => new Style({ image: shape });

/** Slanted lines: nobody knows. @param {Tokens} look */
function hatch(look) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 6;
  const brush = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  brush.strokeStyle = look["ink-2"];
  brush.lineWidth = 1.4;
  for (const x of [-6, 0, 6]) {
    brush.moveTo(x, 6);
    brush.lineTo(x + 6, 0);
  }
  brush.stroke();
  return brush.createPattern(canvas, "repeat");
}
