/** What a record says twice stands on its page twice. */
import { render, screen } from '@testing-library/svelte';
import type { ComponentProps } from 'svelte';
import { expect, it } from 'vitest';
import type { App } from '$lib/app/app.svelte';
import { Kept } from '$lib/app/kept.svelte';
import type { ContactView } from '$lib/bindings';
import FactList from '$lib/components/FactList.svelte';
import Reach from '$lib/records/desk/Reach.svelte';
import { calls } from '../../src/features/customer/calls';
import type { Person, Staff } from '../../src/features/staff/staff.svelte';
import PersonPanel from '../../src/features/staff/PersonPanel.svelte';
import WithApp from './WithApp.svelte';

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

it('a name of two people to call, whom the palette tells apart', () => {
  const contacts = ['one', 'other'].map((row) => ({ row, name: 'Мельник', phones: [PHONE], emails: [] }));
  const offered = calls(
    { phones: [PHONE, PHONE], contacts: contacts as unknown as ContactView[] },
    () => undefined,
  );
  expect(new Set(offered.map(({ id }) => id)).size).toBe(4);
});
