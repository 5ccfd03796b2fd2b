/** What this phone holds beside its records, counted: photos, rows set aside, files carried, the reserve (laid up again if there is room). */

import { asideCount } from "../store/aside.js";
import { layBallast } from "../store/reserve.js";
import { carried } from "../store/carried.js";
import { photosWaiting } from "../store/photos.js";

/** @typedef {{photos: number, aside: number, carried: number, ballast: import("../store/reserve.js").Ballast}} Held */

/** @returns {Promise<Held>} */
export async function held() {
  const [photos, aside, files, reserve] = await Promise.all([photosWaiting(), asideCount(), carried(), layBallast()]);
  return { photos, aside, carried: files.filter((file) => file.state !== "centre").length, ballast: reserve };
}
