import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import { Journal } from '$features/journal/journal.svelte';
import { JOURNALS } from '$features/journal/kinds';
import Editor from '$features/journal/Editor.svelte';
import type { App } from '$lib/app/app.svelte';
import { m, speak } from '$lib/words';
import WithApp from './WithApp.svelte';
import './sizeless';

beforeEach(() => speak('uk'));

it('moves many visits once, however often somebody asks for it while they are written', async () => {
  let written = (): void => undefined;
  const moved = vi.fn(() => new Promise((done) => (written = () => done({ records: [] }))));
  const ask = (call: string): Promise<unknown> =>
    call === 'move_visits'
      ? moved()
      : Promise.resolve({ rows: [{ document: 'visit', cells: [1_764_000_000, 1_764_003_600] }] });
  const app = { ask, done: vi.fn(), preferences: {} } as unknown as App;
  const given = {
    journal: new Journal(app, JOURNALS.visit),
    editing: { documents: ['visit', 'other'], column: 'window_start', anchor: document.body },
    row: undefined,
    onclose: vi.fn(),
  };
  render(WithApp<typeof given>, { app, of: Editor, given });
  const later = await screen.findByRole('option', { name: m.move_day_later() });
  await fireEvent.click(later);
  await expect.poll(() => moved.mock.calls.length).toBe(1);
  await fireEvent.click(later);
  written();
  await expect.poll(() => given.onclose.mock.calls.length).toBe(1);
  expect(moved).toHaveBeenCalledTimes(1);
});
