import { flushSync } from 'svelte';
import { afterEach, expect, it, vi } from 'vitest';
import { CallError } from '$lib/backend/backend';
import type { Stage } from '$lib/bindings';
import type { Kept } from '$lib/app/kept.svelte';
import { m } from '$lib/words';
import { opened } from './opened';

afterEach(() => vi.unstubAllGlobals());

const LOCKED = { is: 'locked' } as Stage;
const OPEN = { is: 'open' } as Stage;

it('leaves nothing of any page in memory when the work is locked, and the person where they were', async () => {
  const { app, tell, close } = opened((call) => (call === 'stage' ? OPEN : []));
  await expect.poll(() => app.me).toBeDefined();
  const gone: string[] = [];
  const keep = (kept: Kept, name: string): string =>
    kept.kept('view', () => {
      $effect(() => () => void gone.push(name));
      return name;
    });
  const places = ['/today', '/visits/one', '/customers/other'];
  for (const path of places) {
    app.router.replace(path);
    keep(app.router.entry, path);
  }
  keep(app.lasting, 'file');
  flushSync();
  tell({ event: 'stage', stage: LOCKED });
  expect(gone.sort()).toEqual(['/customers/other', '/today', '/visits/one', 'file']);
  tell({ event: 'stage', stage: OPEN });
  expect(app.router.path).toBe('/customers/other');
  expect([keep(app.router.entry, 'anew'), keep(app.lasting, 'anew')]).toEqual(['anew', 'anew']);
  close();
});

it('says nothing of the work on the screen that is locked, and what went wrong there', async () => {
  const { app, tell, close } = opened((call) => {
    if (call === 'stage') return OPEN;
    if (call === 'try_again') throw new CallError({ code: 'nothing_to_undo' });
    return [];
  });
  await expect.poll(() => app.me).toBeDefined();
  const shown = (): string[] => app.said.shown.map(({ text }) => text);
  const back = vi.fn();
  app.toasts.done('Роботу записано', back);
  app.toasts.say('Мельник Оксана: уже прийнято');
  expect(shown()).toHaveLength(2);
  tell({ event: 'stage', stage: LOCKED });
  expect(shown()).toEqual([]);
  // What was still on its way ends where nobody reads it.
  app.toasts.tell('Імпортовано 500 записів');
  await app.ask('try_again', {});
  expect(shown()).toEqual([m.problem_nothing_to_undo()]);
  tell({ event: 'stage', stage: OPEN });
  expect(shown()).toEqual([]);
  app.toasts.undo();
  expect(back).not.toHaveBeenCalled();
  close();
});
