/** Which of several marks a finger meant. Pure. */

/**
 * The id of the mark nearest to `pixel`, if one is near enough.
 *
 * @param {{id: string, pixel: number[]|null}[]} marks null: not on the screen
 * @param {number[]} pixel
 * @param {number} reach pixels
 * @returns {string|null}
 */
export function nearest(marks, [x, y], reach) {
  let found = null;
  let least = reach;
  for (const { id, pixel } of marks) {
    const away = pixel ? Math.hypot(pixel[0] - x, pixel[1] - y) : Infinity;
    if (away > least) continue;
    [found, least] = [id, away];
  }
  return found;
}
