/** Where the name of a mark stands, so that the edge of the picture cuts none off. Pure. */

/** From the middle of a mark to its name, air before the edge, and half a line. */
const BESIDE_PX = 14;
const AIR_PX = 4;
const HALF_LINE_PX = 9;

/** @typedef {{left: number, right: number, above: number, below: number}} Room from a mark to each edge, in pixels */

/**
 * Right of its mark, or left of it where only that has room; without what is added, which the list says too, where
 * neither has. Never above or below: there it would seem to be another mark's.
 *
 * @param {Room} room
 * @param {{name: number, whole: number, marks?: number}} wide  whole: with what is added; marks: those that stand side by side
 * @returns {{isWhole: boolean, textAlign: "left"|"right", offsetX: number}|null} null: the mark is not in the picture
 */
export function beside({ left, right, above, below }, { name, whole, marks = 0 }) {
  if (Math.min(left, right) < 0 || Math.min(above, below) < HALF_LINE_PX) return null;
  const away = marks / 2 + BESIDE_PX;
  const isWhole = away + whole + AIR_PX <= Math.max(left, right);
  const needed = away + (isWhole ? whole : name) + AIR_PX;
  const isRight = needed <= right || right >= left;
  return { isWhole, textAlign: isRight ? "left" : "right", offsetX: isRight ? away : -away };
}
