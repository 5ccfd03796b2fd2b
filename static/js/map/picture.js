/**
 * A map on a canvas, by OpenLayers: the area's outline, places, one's own position, and a basemap where there is
 * one. Knows neither phone nor desk: buttons and words are theirs.
 */

import Feature from "ol/Feature.js";
import OlMap from "ol/Map.js";
import View from "ol/View.js";
import { createEmpty, extend, isEmpty } from "ol/extent.js";
import GeoJSON from "ol/format/GeoJSON.js";
import Point from "ol/geom/Point.js";
import KeyboardPan from "ol/interaction/KeyboardPan.js";
import KeyboardZoom from "ol/interaction/KeyboardZoom.js";
import { defaults } from "ol/interaction/defaults.js";
import VectorLayer from "ol/layer/Vector.js";
import { fromLonLat, toLonLat } from "ol/proj.js";
import VectorSource from "ol/source/Vector.js";
import Fill from "ol/style/Fill.js";
import Stroke from "ol/style/Stroke.js";
import Style from "ol/style/Style.js";
import Text from "ol/style/Text.js";
import { markStyle, ownStyle, reachOf } from "./marks.js";
import { nearest } from "./nearest.js";
import { sweref, written } from "./sweref.js";
import { onRestyle, tokens } from "./tokens.js";

/** @typedef {{id: string|null, lon: number, lat: number, text: string}} Picked  text: in SWEREF 99 TM */

/** As far from a mark as a gloved finger may land, in pixels. */
const REACH_PX = 28;
const CLOSE = 15.5;
/** Above, right (names stand there), below, left. */
const MARGINS_PX = [28, 128, 28, 28];
const FORMAT = new GeoJSON({ featureProjection: "EPSG:3857" });

export class Picture {
  #outline = new VectorSource();
  #marks = new VectorSource();
  #own = new VectorSource();
  /** @type {string|null} */ #chosen = null;
  #isFitted = false;
  /** @type {{center?: number[], zoom?: number}} where the map glides to */ #goal = {};
  #stop;

  /**
   * @param {HTMLElement} target an element with a height and a tabindex
   * @param {{pick?: (picked: Picked) => void, focusOnly?: boolean}} [how] focusOnly: wheel and drag move the map
   *   only once it is focused, so that a page can be scrolled past it
   */
  constructor(target, { pick, focusOnly = false } = {}) {
    this.target = target;
    this.outlines = new VectorLayer({ source: this.#outline, zIndex: 2 });
    this.places = new VectorLayer({ source: this.#marks, zIndex: 4, declutter: true, updateWhileInteracting: true });
    this.owns = new VectorLayer({ source: this.#own, zIndex: 5, updateWhileInteracting: true });
    target.addEventListener("keydown", () => this.#arrive()); // before the map's own
    this.map = new OlMap({
      target,
      controls: [],
      interactions: interactions(focusOnly),
      layers: [this.outlines, this.places, this.owns],
      view: new View({ center: fromLonLat([17.93, 59.44]), zoom: 12, minZoom: 4, maxZoom: 19, enableRotation: false }),
    });
    this.map.on("moveend", () => this.#marks.changed()); // the edges are elsewhere, and so are the names
    this.map.on("singleclick", ({ coordinate, pixel }) => pick?.(this.#at(coordinate, pixel)));
    this.#restyle();
    this.#stop = onRestyle(() => this.#restyle());
  }

  /** The area, and the ones around it. @param {any} geojson features whose `role` is "own" or "near" */
  outline(geojson) {
    this.#replace(this.#outline, geojson);
  }

  /** What lies where. @param {any} geojson points with an id and the properties name, shows, note, radius_m */
  marks(geojson) {
    this.#replace(this.#marks, geojson);
  }

  /** @param {{lon: number, lat: number, acc_m: number}|null} fix */
  own(fix) {
    this.#own.clear();
    if (!fix) return;
    const at = fromLonLat([fix.lon, fix.lat]);
    this.#own.addFeatures([new Feature(reachOf(at, fix.acc_m)), new Feature(new Point(at))]);
  }

  /** Ring one mark, in the middle if asked for. @param {string|null} id @param {boolean} [centre] @returns {Picked|null} */
  choose(id, centre = false) {
    this.#chosen = id;
    this.#marks.changed();
    const mark = id === null ? null : this.#marks.getFeatureById(id);
    if (!mark) return null;
    const at = pointOf(mark);
    if (centre) this.#show(at);
    return told(id, at);
  }

  /** @param {{lon: number, lat: number}} fix */
  centre({ lon, lat }) {
    this.#show(fromLonLat([lon, lat]));
  }

  /** @returns {{lon: number, lat: number}} what the map shows in its middle */
  middle() {
    const [lon, lat] = toLonLat(this.map.getView().getCenter() ?? [0, 0]);
    return { lon, lat };
  }

  /** @param {number} by levels */
  zoom(by) {
    this.#arrive();
    this.#glide({ zoom: (this.map.getView().getZoom() ?? 0) + by }, 150);
  }

  /** All of the area, or all the marks where no area is known. */
  whole() {
    const area = this.#outline.getFeatures().filter((one) => one.get("role") !== "near");
    const all = [...area, ...this.#marks.getFeatures()].reduce(
      (found, one) => extend(found, one.getGeometry()?.getExtent() ?? createEmpty()),
      createEmpty(),
    );
    if (isEmpty(all)) return;
    this.map.getView().fit(all, { padding: MARGINS_PX, maxZoom: CLOSE, size: this.map.getSize() });
  }

  /** Below everything else. @param {(look: import("./tokens.js").Tokens) => import("ol/layer/Layer.js").default} make */
  basemap(make) {
    this.ground = make;
    this.#restyle();
  }

  close() {
    this.#stop();
    this.map.setTarget(undefined);
    this.map.dispose();
  }

  /** @param {VectorSource} source @param {any} geojson */
  #replace(source, geojson) {
    source.clear(true);
    source.addFeatures(/** @type {Feature[]} */ (geojson ? FORMAT.readFeatures(geojson) : []));
    if (this.#isFitted || source.isEmpty()) return;
    this.whole();
    // The area, when it comes, is what one wants to see; until then the marks are.
    this.#isFitted = source === this.#outline;
  }

  /** @param {number[]} at @param {number[]} pixel @returns {Picked} */
  #at(at, pixel) {
    const marks = this.#marks.getFeatures().map((one) => ({ id: String(one.getId()), pixel: this.map.getPixelFromCoordinate(pointOf(one)) }));
    const id = nearest(marks, pixel, REACH_PX);
    return this.choose(id) ?? told(null, at);
  }

  /** @param {number[]} at @returns {import("./names.js").Room} */
  #roomAt([x, y]) {
    const view = this.map.getView();
    const [wide, high] = this.map.getSize() ?? [0, 0];
    const [east, north] = view.getCenter() ?? [0, 0];
    const left = wide / 2 + (x - east) / (view.getResolution() ?? 1);
    const above = high / 2 - (y - north) / (view.getResolution() ?? 1);
    return { left, right: wide - left, above, below: high - above };
  }

  /** @param {number[]} at */
  #show(at) {
    this.#arrive();
    this.#glide({ center: at, zoom: Math.max(this.map.getView().getZoom() ?? 0, CLOSE) }, 200);
  }

  /** @param {{center?: number[], zoom?: number}} goal @param {number} duration */
  #glide(goal, duration) {
    this.#goal = goal;
    const there = () => {
      if (this.#goal === goal) this.#goal = {};
    };
    this.map.getView().animate({ ...goal, duration: calm() ? 0 : duration }, there);
  }

  /** Be at once where the map glides to: what comes next starts there, and the glide can't undo it. */
  #arrive() {
    const view = this.map.getView();
    const { center, zoom } = this.#goal;
    if (view.getAnimating()) view.cancelAnimations();
    if (center) view.setCenter(center);
    if (zoom !== undefined) view.setZoom(zoom);
    this.#goal = {};
  }

  #restyle() {
    const look = tokens(this.target);
    this.outlines.setStyle((feature) => outlineStyle(look, feature.get("role") === "near" ? feature.get("name") : null, Boolean(this.ground)));
    this.places.setStyle(markStyle(look, () => this.#chosen, (at) => this.#roomAt(at)));
    this.owns.setStyle(ownStyle(look));
    if (!this.ground) return;
    const old = this.map.getLayers().getArray().find((one) => one.getZIndex() === 1);
    if (old) this.map.removeLayer(old);
    const layer = this.ground(look);
    layer.setZIndex(1);
    this.map.addLayer(layer);
  }
}

/**
 * Each press of a key moves the map at once and as far as the one before, however fast they come.
 *
 * @param {boolean} focusOnly
 */
function interactions(focusOnly) {
  const byHand = defaults({ altShiftDragRotate: false, pinchRotate: false, keyboard: false, onFocusOnly: focusOnly });
  return byHand.extend([new KeyboardPan({ duration: 0 }), new KeyboardZoom({ duration: 0 })]);
}

/**
 * The area stands out from its neighbours, and these bear their names; a basemap has its own ground and names.
 *
 * @param {import("./tokens.js").Tokens} look @param {string|null} neighbour its name; null: the area itself @param {boolean} onMap
 */
function outlineStyle(look, neighbour, onMap) {
  const isNear = neighbour !== null;
  const stroke = new Stroke({ color: look[isNear ? "line" : "line-strong"], width: isNear ? 1 : 2 });
  if (onMap) return new Style({ stroke });
  const fill = new Fill({ color: look[isNear ? "bg" : "surface-2"] });
  const text = new Text({ text: neighbour ?? "", font: `13px ${look.font}`, fill: new Fill({ color: look["ink-3"] }), overflow: true });
  return new Style({ stroke, fill, text });
}

/** @param {Feature} feature */
const pointOf = (feature) => /** @type {Point} */ (feature.getGeometry()).getCoordinates();

/** @param {string|null} id @param {number[]} at @returns {Picked} */
function told(id, at) {
  const [lon, lat] = toLonLat(at);
  return { id, lon, lat, text: written(sweref(lon, lat)) };
}

const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
