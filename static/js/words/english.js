/** English as one: whoever speaks it fetches all of it at once. */

import { en } from "./en.js";
import { enLock } from "./en_lock.js";
import { enMap } from "./en_map.js";
import { enRest } from "./en_rest.js";

export const english = { ...en, ...enRest, ...enLock, ...enMap };
