/**
 * What the sender needs only once it speaks: one piece, fetched when the first screen stands. One and not
 * three, since each piece more is a file more in the worker's list and packs worse.
 */
export { mend } from "../store/mend.js";
export { sendAfterwards } from "./afterwards.js";
export { converse } from "./converse.js";
