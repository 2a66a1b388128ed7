import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Steps } from '$lib/records/steps.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('takes one step at a time, and its button waits as long as a double press lasts', async () => {
  const steps = new Steps();
  let written = (): void => undefined;
  const first = steps.take(() => new Promise<string>((done) => (written = () => done('first'))));
  expect(steps.waits).toBe(true);
  expect(await steps.take(() => Promise.resolve('second'))).toBeUndefined();
  written();
  expect(await first).toBe('first');
  expect(steps.waits).toBe(true);
  await vi.advanceTimersByTimeAsync(1000);
  expect(steps.waits).toBe(false);
});

it('hears what is chosen elsewhere while the button waits', async () => {
  const steps = new Steps();
  await steps.take(() => Promise.resolve('first'));
  expect(steps.waits).toBe(true);
  expect(await steps.take(() => Promise.resolve('second'))).toBe('second');
});

it('does not wait for ever for a step that failed', async () => {
  const steps = new Steps();
  await expect(steps.take(() => Promise.reject(new Error('full')))).rejects.toThrow('full');
  await vi.advanceTimersByTimeAsync(1000);
  expect(steps.waits).toBe(false);
});

it('waits unseen while its page opens, as long as a double press lasts', async () => {
  const steps = new Steps();
  steps.open();
  expect(steps.waits).toBe('unseen');
  await vi.advanceTimersByTimeAsync(1000);
  expect(steps.waits).toBe(false);
});
