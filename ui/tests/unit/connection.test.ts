import { expect, it, vi } from 'vitest';
import { App } from '$lib/app/app.svelte';
import { type Backend, CallError } from '$lib/backend/backend';
import type { AppEvent, Connection } from '$lib/bindings';
import { m } from '$lib/words';

it('says that the office cannot be reached until it can', async () => {
  let connection: Connection = { is: 'off' };
  let tell: (event: AppEvent) => void = () => undefined;
  const backend = {
    ask: async (call: string) => {
      await Promise.resolve();
      if (call === 'stage') return { is: 'open' };
      if (call === 'sync_status') return { connection };
      if (call === 'sync_now') throw new CallError({ code: 'relay', trouble: { what: 'unreachable' } });
      return [];
    },
    listen: (heard: (event: AppEvent) => void) => {
      tell = heard;
      return () => undefined;
    },
    links: () => () => undefined,
  };
  vi.stubGlobal('matchMedia', () => new EventTarget());
  const app = new App(backend as unknown as Backend);
  const close = app.open();
  await expect.poll(() => app.status).toBeDefined();
  await app.ask('sync_now', {});
  expect(app.toasts.shown?.text).toBe(m.problem_offline());
  connection = { is: 'receiving' };
  tell({ event: 'sync', connection });
  await expect.poll(() => app.status?.connection.is).toBe('receiving');
  expect(app.toasts.shown).toBeDefined();
  connection = { is: 'in_step' };
  tell({ event: 'sync', connection });
  await expect.poll(() => app.toasts.shown).toBeUndefined();
  close();
  vi.unstubAllGlobals();
});
