import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { problemText } from '$lib/app/problems';
import type { Problem } from '$lib/backend/backend';
import { Toasts } from '$lib/components/toasts.svelte';
import { Draft } from '$lib/records/draft';
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
  const toasts = new Toasts(() => 'visit');
  const typing = new Typing({ ask, toasts } as unknown as App, 'visit', 'findings');
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

describe('what could not be saved for now', () => {
  const FULL: Problem = { code: 'storage', trouble: 'disk_full' };
  const BUSY: Problem = { code: 'contended', document: 'visit' };
  const CLOSED: Problem = { code: 'profile_closed' };

  /** A device that saves nothing while there is a `problem`, and a person who looks at its toasts. */
  function unsaved() {
    const device: { problem: Problem | undefined; asked: string[]; said: string[] } = {
      problem: FULL,
      asked: [],
      said: [],
    };
    const toasts = new Toasts(() => 'visit');
    const say = toasts.say.bind(toasts);
    toasts.say = (text) => {
      device.said.push(text);
      return say(text);
    };
    const ask = (
      call: string,
      _: unknown,
      failed?: (problem: Problem) => void,
    ): Promise<object | undefined> => {
      device.asked.push(call);
      if (!device.problem) return Promise.resolve({ records: [] });
      failed?.(device.problem);
      return Promise.resolve(undefined);
    };
    const app = { ask, toasts } as unknown as App;
    const typing = new Typing(app, 'visit', 'findings');
    const type = (text: string): void => typing.type(text, { text: '', heads: [] });
    const after = async (seconds: number): Promise<number> => {
      await vi.advanceTimersByTimeAsync(seconds * 1_000);
      return device.asked.length;
    };
    return { app, device, toasts, typing, type, after };
  }

  it('is saved by itself, ever less often, until it is', async () => {
    const { device, typing, type, after } = unsaved();
    type('а');
    expect(await after(1)).toBe(1);
    const tries = [];
    for (const seconds of [2, 4, 8, 16, 30, 30]) tries.push(await after(seconds));
    expect(tries).toEqual([2, 3, 4, 5, 6, 7]);
    expect(typing.saved).toBe(false);
    device.problem = undefined;
    expect(await after(30)).toBe(8);
    expect(typing.saved).toBe(true);
    expect(await after(600)).toBe(8);
  });

  it('waits the short time again after a key', async () => {
    const { type, after } = unsaved();
    type('а');
    expect(await after(20)).toBe(4);
    type('аа');
    expect(await after(1)).toBe(5);
    expect(await after(2)).toBe(6);
  });

  it('is left alone once it is refused for good', async () => {
    const { device, type, after } = unsaved();
    type('а');
    await after(1);
    device.problem = CLOSED;
    await after(2);
    expect(await after(600)).toBe(2);
    expect(device.said).toEqual([FULL, CLOSED].map(problemText));
  });

  it('is said once for each reason, and no more once it is saved', async () => {
    const { device, toasts, type, after } = unsaved();
    type('а');
    await after(30);
    expect(device.said).toEqual([problemText(FULL)]);
    device.problem = BUSY;
    await after(30);
    expect(device.said).toEqual([FULL, BUSY].map(problemText));
    // Whoever types on while the words stand there has them still, and afterwards hears them again.
    device.problem = FULL;
    type('аа');
    await after(1);
    type('ааа');
    await after(1);
    expect(device.said).toHaveLength(3);
    await after(10);
    type('аааа');
    await after(1);
    expect(device.said).toHaveLength(4);
    expect(toasts.shown).toHaveLength(1);
    device.problem = undefined;
    await after(2);
    expect(toasts.shown).toEqual([]);
  });

  it('is done with when it stands as it stood before', async () => {
    const { toasts, type, after } = unsaved();
    type('а');
    await after(1);
    type('');
    expect(await after(1)).toBe(1);
    expect(toasts.shown).toEqual([]);
    expect(await after(600)).toBe(1);
  });

  it('of a form is kept by itself as long as the form is there', async () => {
    const { app, device, toasts, after } = unsaved();
    const draft = new Draft<string>(app, 'form');
    draft.keep('а');
    expect(await after(1)).toBe(1);
    expect(await after(2)).toBe(2);
    device.problem = undefined;
    expect(await after(4)).toBe(3);
    expect(toasts.shown).toEqual([]);
    device.problem = FULL;
    draft.keep('аа');
    await after(1);
    await draft.rest();
    expect(await after(600)).toBe(5);
    draft.keep('ааа');
    await after(1);
    await draft.drop();
    await after(600);
    expect(device.asked.slice(5)).toEqual(['keep_draft', 'drop_draft']);
  });
});
