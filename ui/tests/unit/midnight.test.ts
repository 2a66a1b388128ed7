import { render } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { Entry } from '$lib/app/router.svelte';
import PlaceView from '../../src/routes/PlaceView.svelte';
import WithApp from './WithApp.svelte';
import './sizeless';

afterEach(() => void vi.useRealTimers());

it('shows the new day after midnight to whoever stays on today', async () => {
  vi.useFakeTimers({ now: new Date('2026-11-23T23:59:55+02:00') });
  const asked: unknown[] = [];
  const ask = (call: string, { date }: { date?: string }): Promise<undefined> => {
    if (call === 'today') asked.push(date);
    return Promise.resolve(undefined);
  };
  const app = { ask, onChange: () => () => undefined, router: { entry: new Entry('here') } };
  const given = { place: { at: 'today' }, shell: 'field', waiting: [] } as const;
  render(WithApp<typeof given>, { app: app as unknown as App, of: PlaceView, given });
  await vi.advanceTimersByTimeAsync(0);
  expect(asked).toEqual(['2026-11-23']);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked).toEqual(['2026-11-23', '2026-11-24']);
});
