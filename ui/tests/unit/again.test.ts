import { expect, it } from 'vitest';
import { again } from '$lib/app/again';

/** Reads one thing after the other; each read takes until it is let go. */
function readings() {
  let now = 'first';
  const waiting: (() => void)[] = [];
  const read: string[] = [];
  const reads = again(async () => {
    const found = now;
    await new Promise<void>((go) => waiting.push(go));
    read.push(found);
  });
  const letGo = (): void => waiting.shift()?.();
  return { reads, read, letGo, becomes: (value: string) => (now = value) };
}

it('answers when what was there at the call is read', async () => {
  const { reads, read, letGo, becomes } = readings();
  const before = reads();
  becomes('second');
  const after = reads();
  const atLast = after.then(() => [...read]);
  letGo();
  await before;
  expect(read).toEqual(['first']);
  await expect.poll(() => (letGo(), read.length)).toBe(2);
  expect(await atLast).toEqual(['first', 'second']);
});

it('reads twice however often it is asked, and never at the same time', async () => {
  let [running, most, runs] = [0, 0, 0];
  const reads = again(async () => {
    runs += 1;
    most = Math.max(most, (running += 1));
    await Promise.resolve();
    running -= 1;
  });
  const asked = Array.from({ length: 100 }, () => reads());
  void asked[0]?.then(() => reads());
  await Promise.all(asked);
  await reads();
  expect([most, runs <= 4]).toEqual([1, true]);
});
