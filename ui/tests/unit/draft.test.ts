import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { Draft } from '$lib/records/draft';

const LATER_MS = 5_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A form that is being sent while somebody types on, on a device that notes what it is asked. */
function typedWhileSent() {
  const asked: string[] = [];
  const ask = (call: string): Promise<object> => {
    asked.push(call);
    return Promise.resolve({});
  };
  const draft = new Draft<string>({ ask } as unknown as App, 'form');
  draft.keep('Гуд');
  let answer: (saved: object | undefined) => void = () => undefined;
  const sent = draft.send((form) => {
    asked.push(`send ${form}`);
    return new Promise<object | undefined>((then) => (answer = then));
  });
  draft.keep('Гуде');
  return { asked, sent, answer: (saved: object | undefined) => answer(saved) };
}

it('is not kept behind the form that was sent, so that nobody sends it again', async () => {
  const { asked, answer, sent } = typedWhileSent();
  await vi.advanceTimersByTimeAsync(LATER_MS);
  answer({});
  await sent;
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(asked).toEqual(['send form']);
});

it('is kept when the device saved nothing', async () => {
  const { asked, answer, sent } = typedWhileSent();
  await vi.advanceTimersByTimeAsync(LATER_MS);
  answer(undefined);
  await sent;
  await vi.advanceTimersByTimeAsync(LATER_MS);
  expect(asked).toEqual(['send form', 'keep_draft']);
});

it('is kept while somebody types without a rest', async () => {
  const asked: unknown[] = [];
  const ask = (_: string, { body }: { body?: string }): Promise<object> => {
    asked.push(body?.length);
    return Promise.resolve({});
  };
  const draft = new Draft<string>({ ask } as unknown as App, 'form');
  for (let signs = 1; signs <= 25; signs += 1) {
    draft.keep('а'.repeat(signs));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked).toEqual([10, 20]);
});
