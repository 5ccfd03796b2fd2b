/** A photo for an event, made anew: small, upright, and without a word of where or when it was taken. Knows no store. */

const LONGEST = 1600;
const QUALITY = 0.8;
const MIME = "image/jpeg";

/** Photos an event may carry here; the record itself takes a few more. */
export const PHOTOS_MAX = 4;

/** @typedef {{bytes: Uint8Array<ArrayBuffer>, width: number, height: number}} Photo  bytes: a JPEG */

/**
 * Drawn on a canvas and packed again, so that nothing of the file itself goes along: EXIF, position, thumbnail.
 *
 * @param {Blob} file as the camera gave it
 * @returns {Promise<Photo>} rejects when it is no picture
 */
export async function shrink(file) {
  const picture = await createImageBitmap(file);
  const { width, height } = within(picture.width, picture.height);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, MIME, QUALITY));
  if (blob?.type !== MIME) throw new TypeError("not drawn as JPEG");
  return { bytes: new Uint8Array(await blob.arrayBuffer()), width, height };
}

/** @param {Photo} photo */
export const asBlob = ({ bytes }) => new Blob([bytes], { type: MIME });

/** The size it gets: never larger, never over the longest side. @param {number} width @param {number} height */
export function within(width, height) {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
