/** What a record says twice stands on its page twice. */
import { render, screen } from '@testing-library/svelte';
import type { ComponentProps } from 'svelte';
import { expect, it } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { Kept } from '$lib/app/kept.svelte';
import { Entry } from '$lib/app/router.svelte';
import type { ContactView } from '$lib/bindings';
import FactList from '$lib/components/FactList.svelte';
import Reach from '$lib/records/desk/Reach.svelte';
import { calls } from '../../src/features/customer/calls';
import type { Person, Staff } from '../../src/features/staff/staff.svelte';
import PersonPage from '../../src/features/staff/PersonPage.svelte';
import PersonPanel from '../../src/features/staff/PersonPanel.svelte';
import WithApp from './WithApp.svelte';
import './sizeless';

const PHONE = '+380671234567';

it('two classes of one classifier', () => {
  const facts = ['Energy', 'Food'].map((text) => ({ label: 'Branch', text }));
  render(FactList, { facts });
  expect(screen.getAllByRole('definition').map((one) => one.textContent.trim())).toEqual(['Energy', 'Food']);
});

it('a phone and an address of mail of a customer', () => {
  const emails = ['info@bakery.example', 'info@bakery.example'];
  const app = { router: { entry: new Kept() } } as unknown as App;
  render(WithApp<ComponentProps<typeof Reach>>, {
    app,
    of: Reach,
    given: { title: 'Contacts', phones: [PHONE, PHONE], emails },
  });
  expect(screen.getAllByRole('listitem')).toHaveLength(4);
});

it('a phone of somebody of the staff', () => {
  const person: Person = {
    document: 'somebody',
    name: 'Мельник',
    surname: 'Мельник',
    givenName: '',
    patronymic: '',
    position: '',
    phones: [PHONE, PHONE],
    emails: [],
    team: null,
    manager: null,
    skills: [],
    regions: [],
    left: '',
  };
  const staff = { day: [] } as unknown as Staff;
  render(PersonPanel, {
    staff,
    person,
    onchange: undefined,
    onleave: undefined,
  });
  expect(screen.getAllByRole('link', { name: PHONE })).toHaveLength(2);
});

it('a phone and an address of mail of a colleague', async () => {
  const [phones, emails] = [
    [PHONE, PHONE],
    ['m@office.example', 'm@office.example'],
  ].map((one) => JSON.stringify(one));
  const cells = ['Мельник', null, null, null, phones, emails, null];
  const page = { rows: [{ document: 'somebody', cells }], next: null };
  const app = {
    ask: () => Promise.resolve(page),
    onChange: () => () => undefined,
    router: { entry: new Entry('here') },
  };
  const given = { id: 'somebody' };
  render(WithApp<typeof given>, { app: app as unknown as App, of: PersonPage, given });
  expect(await screen.findAllByText(PHONE)).toHaveLength(2);
  expect(screen.getAllByText('m@office.example')).toHaveLength(2);
});

it('a name of two people to call, whom the palette tells apart', () => {
  const contacts = ['one', 'other'].map((row) => ({ row, name: 'Мельник', phones: [PHONE], emails: [] }));
  const offered = calls(
    { phones: [PHONE, PHONE], contacts: contacts as unknown as ContactView[] },
    () => undefined,
  );
  expect(new Set(offered.map(({ id }) => id)).size).toBe(4);
});
