/** Makes rescue files and hands them out: to the phone's own files, or to whatever the phone can share with. */

import { seal } from "../crypto/rescue.js";
import { APP } from "../store/app.js";
import { rescueFiles } from "../store/rescue.js";
import { encode } from "../sync/bytes.js";

/** @typedef {{name: string, blob: Blob}} Made */
/** @typedef {{t: string, body: any}} Unsaved what stands on the screen and could not be stored */

/** All that this phone holds. @returns {Promise<Made[]>} none where there is nothing */
export const rescueAll = () => rescueFiles();

/**
 * What could not be stored, sealed from memory alone: works also when the storage can't even be read.
 *
 * @param {Unsaved} unsaved
 * @param {import("../store/profile.js").Profile} who
 * @returns {Promise<Made>}
 */
export async function rescueUnsaved(unsaved, { device, store, token, centreKey }) {
  const made_at = new Date().toISOString();
  const row = { kind: /** @type {const} */ ("row"), table: "unsaved", key: made_at, bytes: encode(JSON.stringify(unsaved)) };
  const blob = await seal([row], { device, store, made_at, app: APP, token }, centreKey);
  return { name: `fieldlog-${made_at.slice(0, 16).replace(/\D/g, "")}-0.rescue`, blob };
}

/** @param {Made} file */
export function saveFile({ name, blob }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** @param {Made[]} files */
export const canShare = (files) => Boolean(navigator.canShare?.({ files: asFiles(files) }));

/** Resolves also when the sharing was broken off. @param {Made[]} files */
export const shareFiles = (files) => navigator.share({ files: asFiles(files) }).catch(() => {});

/** @param {Made[]} files */
const asFiles = (files) => files.map(({ name, blob }) => new File([blob], name, { type: blob.type }));
