/** Photos on their way from the camera to the device. */
import { base64 } from '$lib/app/files';

/** The longer side of the small picture, pixels: sharp enough on a tile of a dense screen. */
const SMALL_PX = 360;

export interface Picture {
  content: string;
  media_type: string;
  thumbnail?: string;
}

/**
 * A file as the device takes it, with a small picture of it where this engine can draw the file; nothing of one
 * that no program can show.
 */
export async function pictureOf(file: File): Promise<Picture | undefined> {
  const [content, thumbnail] = await Promise.all([base64(file), small(file)]);
  if (thumbnail === undefined && !(await isDrawnElsewhere(file))) return undefined;
  const picture = { content, media_type: file.type || 'application/octet-stream' };
  return thumbnail === undefined ? picture : { ...picture, thumbnail };
}

/** Where a window shows a file from. */
export function addressOf({ media_type, content }: { media_type: string; content: string }): string {
  return `data:${media_type};base64,${content}`;
}

/** Whether it begins as a picture of a format that cameras write and not every engine draws: HEIC and AVIF, or TIFF. */
async function isDrawnElsewhere(file: File): Promise<boolean> {
  const begins = String.fromCharCode(...new Uint8Array(await file.slice(0, 12).arrayBuffer()));
  return /^(.{4}ftyp(heic|heix|heim|heis|hevc|mif1|msf1|avif|avis)|II\*\0|MM\0\*)/s.test(begins);
}

async function small(file: File): Promise<string | undefined> {
  const image = await createImageBitmap(file).catch(() => undefined);
  if (!image) return undefined;
  const scale = Math.min(1, SMALL_PX / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const blob = await new Promise<Blob | null>((drawn) => canvas.toBlob(drawn, 'image/jpeg', 0.8));
  return blob === null ? undefined : base64(blob);
}
