/** What a QR says: from a picture of it, or from what the device's camera sees. */
import decodeQR from 'qr/decode.js';

/** Larger pictures are made smaller first: reading one takes as long as it is large. */
const SIDE = 1600;
/** How long the camera is not asked after a look, in milliseconds. */
const REST_MS = 150;

/** What a picture's QR says; nothing when there is none in it, or it is no picture. */
export async function ofPicture(file: Blob): Promise<string | undefined> {
  try {
    const picture = await createImageBitmap(file);
    const said = seen(picture, picture.width, picture.height);
    picture.close();
    return said;
  } catch {
    return undefined;
  }
}

/** Shows what the camera sees in `video`, and tells of each QR in it until the answer is called. */
export function watch(
  video: HTMLVideoElement,
  tell: { ready: () => void; none: () => void; said: (text: string) => void },
): () => void {
  let over = false;
  let stream: MediaStream | undefined;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    const said = seen(video, video.videoWidth, video.videoHeight);
    if (said !== undefined) tell.said(said);
    if (!over) resting = setTimeout(look, REST_MS);
  };
  const begin = async (): Promise<void> => {
    // Where the page may not have it, there is no such thing.
    const devices = navigator.mediaDevices as MediaDevices | undefined;
    stream = await devices?.getUserMedia({ video: { facingMode: 'environment' } });
    if (over || !stream) {
      end();
      if (!stream) tell.none();
      return;
    }
    video.srcObject = stream;
    await video.play();
    tell.ready();
    look();
  };
  const end = (): void => {
    over = true;
    clearTimeout(resting);
    stream?.getTracks().forEach((track) => track.stop());
  };
  begin().catch(() => {
    if (!over) tell.none();
  });
  return end;
}

function seen(source: CanvasImageSource, width: number, height: number): string | undefined {
  if (width === 0 || height === 0) return undefined;
  const scale = Math.min(1, SIDE / Math.max(width, height));
  const [across, down] = [Math.round(width * scale), Math.round(height * scale)];
  const canvas = new OffscreenCanvas(across, down);
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  if (!drawing) return undefined;
  drawing.drawImage(source, 0, 0, across, down);
  try {
    return decodeQR(drawing.getImageData(0, 0, across, down));
  } catch {
    // It throws where it finds none.
    return undefined;
  }
}
