/** A position as people write it, read as fieldlog/review/places/position.py reads it. Knows no page. */
import { fromSweref } from "./sweref.js";

const PART = "(?:[.,]\\d+)?";
const METRES = new RegExp(`^N?\\s*(\\d\\s?\\d{3}\\s?\\d{3}${PART})[\\s,;]*E?\\s*(\\d{3}\\s?\\d{3}${PART})$`, "i");
const DEGREES = new RegExp(`^N?\\s*(\\d{1,2}${PART})°?[\\s,;]+E?\\s*(\\d{1,3}${PART})°?$`, "i");
/** A metre. */
const DECIMALS = 5;

/** @param {string} text @returns {{lat: number, lon: number} | null} */
export function read(text) {
  const metres = METRES.exec(text.trim());
  if (metres) return fromSweref({ n: number(metres[1]), e: number(metres[2]) });
  const degrees = DEGREES.exec(text.trim());
  return degrees && { lat: number(degrees[1]), lon: number(degrees[2]) };
}

/** @param {{lat: number, lon: number}} at */
export const write = ({ lat, lon }) => `${lat.toFixed(DECIMALS)}, ${lon.toFixed(DECIMALS)}`;

/** @param {string} text */
const number = (text) => Number(text.replace(/\s/g, "").replace(",", "."));
