/** What the screens after the first one show beside the records: drafts, what was sent back, whether the phone was cleared. */

import { layBallast } from "../store/reserve.js";
import { bundle } from "../store/bundles.js";
import { changedLately } from "../store/changes.js";
import { draft, drafts } from "../store/drafts.js";
import { evicted } from "../store/evicted.js";
import { askPolicy, policy } from "../store/policy.js";
import { clearAway } from "./drill/clear.js";
import { refresh } from "./map/kept.js";
import { room } from "./room.js";
import { keepAfterwards } from "./worker.js";

/** @typedef {import("./model.js").State} State */

const WHERE = "next-event";
const WHERE_HOLDS_MS = 2 * 3_600_000;
/** What may be gone on with from the first screen: the others are two taps. */
const FORM = /^(event|fault|leave|correct)(\/[^?]*)?$/;

/** Room to give away is laid up once a session, as soon as there is anybody whose records may need it. */
let laid = false;

/** Read now and after every change; and once, what is done in quiet when the first screen stands. @param {State} state */
export function keepMore(state) {
  const read = () => void readMore(state).catch(reportError);
  changedLately(read);
  read();
  void settle(state).catch(reportError);
}

/** @param {State} state */
async function readMore(state) {
  if (state.profile && !laid) {
    laid = true;
    void layBallast().catch(reportError);
  }
  const [begun, messages, conditions, asked] = await Promise.all([drafts(), bundle("messages"), bundle("conditions"), policy()]);
  state.set({
    photos: asked?.photos ?? true,
    conditions: conditions?.value.conditions ?? null,
    messages: messages?.value.messages.filter((/** @type {any} */ one) => one.kind !== "return") ?? null,
    drafts: begun.filter(({ name }) => FORM.test(name) && (name !== "leave" || state.running)),
    sentBack: returned(messages?.value.messages ?? [], state.records, state.sync.skew ?? 0),
  });
}

/**
 * What supervisors sent back and is still theirs to hear of: nothing was written about it since.
 *
 * @param {any[]} messages of the bundle
 * @param {import("../store/read.js").Mine[]} records
 * @param {number} skew ms that the servers' clock is ahead of the phone's
 */
export function returned(messages, records, skew) {
  return messages.filter(({ kind, rid, at }) => {
    const record = records.find((one) => one.rid === rid);
    if (kind !== "return" || !record || record.withdrawn) return false;
    return !record.changedAt || Date.parse(record.changedAt) + skew < Date.parse(at);
  });
}

/** @param {State} state */
async function settle(state) {
  state.set({ storage: await room() });
  if (!state.profile) state.set({ cleared: await evicted() });
  const where = await draft(WHERE);
  if (where && Date.now() - Date.parse(where.kept) < WHERE_HOLDS_MS) state.set({ where: where.where });
  if (state.drill) return;
  await clearAway();
  // What is asked of the phone may have changed; without a network, the next start asks again.
  const asked = await askPolicy().catch(() => null);
  if (asked) state.set({ photos: asked.photos });
  if (state.profile) await refresh();
  await keepAfterwards();
}
