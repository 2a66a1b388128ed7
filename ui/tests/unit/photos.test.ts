/** Photos on their way from the camera: what is no picture is refused in words, and the others are kept. */
import { afterEach, expect, it, vi } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { Photos } from '$lib/records/photos/photos.svelte';
import { m } from '$lib/words';

afterEach(() => {
  vi.unstubAllGlobals();
});

/** What was said and which files were kept when these were chosen, of which this engine draws none. */
async function chosen(files: File[]) {
  vi.stubGlobal('createImageBitmap', () => Promise.reject(new Error('cannot be drawn')));
  const said: string[] = [];
  const kept: string[] = [];
  const app = {
    ask: (call: string, asked: { media_type: string }) => {
      if (call === 'add_photo') kept.push(asked.media_type);
      return Promise.resolve({});
    },
    done: () => undefined,
    toasts: { say: (text: string) => said.push(text) },
  };
  await new Photos(app as unknown as App, 'visit', () => []).add(files);
  return { said, kept };
}

it('refuses a damaged file by its name, and keeps what other programs draw', async () => {
  const damaged = new File([new Uint8Array([7, 201, 3, 88])], 'plate.jpg', { type: 'image/jpeg' });
  const head = [0, 0, 0, 24, ...Array.from('ftypheic', (letter) => letter.charCodeAt(0))];
  const heic = new File([new Uint8Array(head)], 'boiler.heic', { type: 'image/heic' });
  const { said, kept } = await chosen([damaged, heic]);
  expect(said).toEqual([m.problem_photo_damaged({ name: 'plate.jpg' })]);
  expect(kept).toEqual(['image/heic']);
});
