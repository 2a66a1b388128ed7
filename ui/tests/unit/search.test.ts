/** What is said of how much was found: a list that was cut is not counted as if it were whole. */
import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, it, vi } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { Entry } from '$lib/app/router.svelte';
import type { Found, Kind } from '$lib/bindings';
import { m, speak } from '$lib/words';
import { Search } from '../../src/features/search/search.svelte';
import SearchPage from '../../src/features/search/SearchPage.svelte';
import WithApp from './WithApp.svelte';

beforeEach(() => speak('uk'));

const some = (kind: Kind, count: number): Found[] =>
  Array.from({ length: count }, (_, at) => ({
    link: { document: `${kind} ${at}`, kind, label: '', title: '' },
    ...{ customer: null, equipment: null, at: null, withdrawn: false },
  }));

/** Looks on a device that has so many visits and customers, of which it finds 200 of a kind at most. */
function device(visits: number, customers: number): App {
  const ask = (_: string, { of_a_kind: most = 20 }: { of_a_kind?: number }): Promise<Found[]> => {
    const found = (kind: Kind, count: number): Found[] => some(kind, Math.min(count, most, 200));
    return Promise.resolve([...found('customer', customers), ...found('visit', visits)]);
  };
  return { ask, me: { at_a_desk: false }, router: { entry: new Entry('here') } } as unknown as App;
}
const looking = (visits: number, customers: number): Search => new Search(device(visits, customers), 20);

const said = (search: Search): unknown => [search.found?.lines.length, search.found?.rest];

it('is whole while no kind has more than is shown', async () => {
  const search = looking(20, 3);
  search.type('насос');
  await vi.waitFor(() => expect(said(search)).toEqual([23, 'none']));
});

it('says that there are more, and shows them until nothing is left', async () => {
  const search = looking(70, 3);
  search.type('насос');
  await vi.waitFor(() => expect(said(search)).toEqual([23, 'to_show']));
  search.more();
  await vi.waitFor(() => expect(said(search)).toEqual([63, 'to_show']));
  search.more();
  await vi.waitFor(() => expect(said(search)).toEqual([73, 'none']));
  // Other words begin with a few again.
  search.type('насос 2');
  await vi.waitFor(() => expect(said(search)).toEqual([23, 'to_show']));
});

it('never says that it is whole where the device looked no further', async () => {
  const search = looking(5000, 0);
  search.type('насос');
  await vi.waitFor(() => expect(said(search)).toEqual([20, 'to_show']));
  for (let presses = 0; presses < 3; presses += 1) search.more();
  await vi.waitFor(() => expect(said(search)).toEqual([199, 'too_much']));
});

it('is counted on the page once it is whole, and until then shown further', async () => {
  render(WithApp<object>, { app: device(30, 3), of: SearchPage, given: {} });
  await fireEvent.input(screen.getByRole('searchbox'), { target: { value: 'насос' } });
  await screen.findByText('перші 23');
  await fireEvent.click(screen.getByRole('button', { name: m.show_more() }));
  await screen.findByText(/^33.записи$/);
  expect(screen.queryByRole('button', { name: m.show_more() })).toBeNull();
});
