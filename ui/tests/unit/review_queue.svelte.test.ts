import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { ReviewQueue } from '../../src/features/review/queue.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A queue of two lines on a device that notes what is decided. */
async function two() {
  const by = { document: 'somebody', kind: 'employee', label: 'Коваленко', title: 'Коваленко' };
  let items = ['one', 'other'].map((envelope) => {
    const record = { document: envelope, kind: 'visit', label: envelope, title: '' };
    return { envelope, record, kind: 'visit', by, device: '', made_ms: 0, arrived_ms: 0, reason: null };
  });
  const decided: unknown[] = [];
  function ask(call: string, { envelope }: { envelope?: string } = {}): Promise<unknown> {
    if (call === 'desk_queue') return Promise.resolve({ records: [], more: 0 });
    if (call === 'review_queue') return Promise.resolve({ items, next: null });
    if (call === 'decide_review') {
      decided.push(envelope);
      items = items.filter((one) => one.envelope !== envelope);
    }
    return Promise.resolve(call === 'draft' ? null : {});
  }
  const app = {
    ask,
    backend: { ask },
    onChange: () => () => undefined,
    me: { abilities: ['review'] },
    decided: () => undefined,
  };
  const queue = new ReviewQueue(app as unknown as App);
  queue.open();
  await vi.advanceTimersByTimeAsync(0);
  const accept = async (): Promise<void> => {
    if (queue.chosen) await queue.accept(queue.chosen);
  };
  return { queue, decided, accept };
}

it('accepts nothing by the second half of a double press, which nobody can have read', async () => {
  const { queue, decided, accept } = await two();
  await accept();
  expect(queue.chosen?.id).toBe('other');
  await accept();
  expect(decided).toEqual(['one']);
  await vi.advanceTimersByTimeAsync(1000);
  await accept();
  expect(decided).toEqual(['one', 'other']);
});
