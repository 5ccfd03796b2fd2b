/** Clears away what is left of an earlier drill, unless another tab is in one. */

import { Dexie } from "dexie";

export const NAME = "fieldlog-drill";
export const LOCK = "fieldlog-drill";

export async function clearAway() {
  await navigator.locks?.request(LOCK, { ifAvailable: true }, (mine) => (mine ? Dexie.delete(NAME) : undefined));
}
