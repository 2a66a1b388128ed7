import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { Typing } from '$lib/records/typing.svelte';

const KEY_MS = 100;
const REST_MS = 1_000;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A text that is typed on a device that notes what it is asked, and answers when it is told to. */
function typedText() {
  const asked: string[] = [];
  const waiting: (() => void)[] = [];
  const ask = (call: string, { new_text }: { new_text: string }): Promise<object> => {
    asked.push(new_text);
    return new Promise((then) => waiting.push(() => then({ records: [{ text_base: [new_text] }] })));
  };
  const typing = new Typing({ ask } as unknown as App, 'visit', 'findings');
  const type = async (text: string): Promise<void> => {
    typing.type(text, { text: '', heads: [] });
    await vi.advanceTimersByTimeAsync(KEY_MS);
  };
  /** Types signs without a rest. */
  const types = async (from: number, to: number): Promise<void> => {
    for (let signs = from; signs <= to; signs += 1) await type('а'.repeat(signs));
  };
  /** The device has done what it was asked. */
  const answer = async (): Promise<void> => {
    waiting.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  const rests = (): Promise<unknown> => vi.advanceTimersByTimeAsync(REST_MS);
  return { typing, asked, type, types, answer, rests };
}

it('is saved while somebody types without a rest, one save at a time and the newest text next', async () => {
  const { asked, types, answer } = typedText();
  await types(1, 40);
  expect(asked.map((text) => text.length)).toEqual([10]);
  await answer();
  expect(asked.map((text) => text.length)).toEqual([10, 40]);
});

it('is called saved only when the device has all of it', async () => {
  const { typing, types, answer, rests } = typedText();
  await types(1, 12);
  await answer();
  expect(typing.saved).toBe(false);
  await rests();
  expect(typing.saved).toBe(false);
  await answer();
  expect(typing.saved).toBe(true);
});

it('stays in its box while somebody types on, and leaves it to the record at a rest', async () => {
  const { typing, asked, types, answer, rests } = typedText();
  await types(1, 10);
  expect(asked).toHaveLength(1);
  await answer();
  typing.reading()();
  expect(typing.typed).toBe('а'.repeat(10));
  await rests();
  expect(typing.typed).toBeUndefined();
});

it('stays in its box while an input method composes a sign', async () => {
  const { typing, types, answer, rests } = typedText();
  typing.compose(true);
  await types(1, 3);
  await rests();
  await answer();
  typing.reading()();
  expect(typing.typed).toBe('ааа');
  typing.compose(false);
  expect(typing.typed).toBeUndefined();
});
