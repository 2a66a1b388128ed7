import { afterEach, expect, it, vi } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { CallError, type Problem } from '$lib/backend/backend';
import type { Done, Stage } from '$lib/bindings';
import { m } from '$lib/words';
import { opened } from './opened';

afterEach(() => vi.unstubAllGlobals());

const DONE: Done = { records: [] };

/** A device that did two things and can take neither back because of `problem`. */
async function failing(problem: Problem): Promise<{ app: App; asked: string[]; shown: () => string[] }> {
  const asked: string[] = [];
  const { app } = opened((call) => {
    if (call === 'stage') return { is: 'open' } satisfies Partial<Stage>;
    if (call !== 'undo') return [];
    asked.push(call);
    throw new CallError(problem);
  });
  await expect.poll(() => app.me).toBeDefined();
  app.done('Роботу записано', DONE);
  app.done('Роботу прибрано', DONE);
  app.toasts.undo();
  return { app, asked, shown: () => app.toasts.shown.map(({ text }) => text) };
}

it.each<[Problem, () => string]>([
  [{ code: 'storage', trouble: 'disk_full' }, m.problem_disk_full],
  [{ code: 'contended', document: '' }, m.problem_contended],
  [{ code: 'no_answer', detail: '' }, m.problem_no_answer],
])('offers again what could not be taken back because of what passes: %o', async (problem, words) => {
  const { app, asked, shown } = await failing(problem);
  await expect.poll(shown).toEqual(['Роботу прибрано', words()]);
  const before = app.toasts.shown[0]?.id;
  app.toasts.undo();
  await expect.poll(() => asked.length).toBe(2);
  await expect.poll(shown).toEqual(['Роботу прибрано', words()]);
  expect(app.toasts.shown[0]?.id).toBe(before);
});

it.each<[Problem, () => string]>([
  [{ code: 'changed_since', document: '', path: { field: 'note' } }, m.problem_changed_since],
  [{ code: 'nothing_to_undo' }, m.problem_nothing_to_undo],
  [{ code: 'no_such_record', document: '' }, m.problem_no_such_record],
])('says once that it stands for good, and takes nothing else back: %o', async (problem, words) => {
  const { app, asked, shown } = await failing(problem);
  await expect.poll(shown).toEqual([words()]);
  expect(asked).toHaveLength(1);
  // The next press is for what was done before.
  app.toasts.undo();
  await expect.poll(() => asked.length).toBe(2);
});

it('leads to the page of what was taken back when one is elsewhere by then', async () => {
  const { app } = opened((call) => {
    if (call === 'stage') return { is: 'open' } satisfies Partial<Stage>;
    return [];
  });
  await expect.poll(() => app.me).toBeDefined();
  const done: Done = { records: [{ document: 'a', changes: [], text_base: [] }] };
  const shown = (): unknown => app.toasts.shown.map(({ text, href }) => [text, href]);

  app.router.path = '/visits/a/edit';
  app.done('Збережено', done);
  app.router.path = '/visits/a';
  app.toasts.undo();
  await expect.poll(shown).toEqual([[m.undone({ what: 'Збережено' }), undefined]]);

  app.done('Збережено', done);
  app.router.path = '/visits';
  app.toasts.undo();
  await expect.poll(shown).toContainEqual([m.undone_there({ what: 'Збережено' }), '#/visits/a']);
});
