/** A clock that is wrong by minutes is told; no record is refused for it. */

import { nothing } from "lit";
import { words } from "../../words/index.js";
import { apart } from "../times.js";
import { strip } from "./strip.js";

const WRONG_MS = 5 * 60_000;

/** @param {import("../model.js").State} state */
export function clockStrip(state) {
  const { skew } = state.sync;
  if (skew == null || Math.abs(skew) < WRONG_MS) return nothing;
  const { clock: say } = words();
  const off = apart(skew);
  return strip({ picture: "clock", title: say.title, text: skew > 0 ? say.behind(off) : say.ahead(off), buttons: nothing });
}
