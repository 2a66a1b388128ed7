/** The sections a person moves between, of each shell; both are made from this one list. */
import { journalPath, link, searchPath, settingsPath, todayPath } from '$lib/app/paths';
import type { IconName } from '$lib/icons/names';
import type { JournalKind } from '$lib/records/journals';
import { m } from '$lib/words';
import type { Place } from './places';

export interface ShellSection {
  label: string;
  icon: IconName;
  href: string;
  current: boolean;
}

/** The journals of the Office, by what they are for. */
export function officeSections(place: Place): { title?: string; items: ShellSection[] }[] {
  const [today, search, more] = sections(place);
  const journal = (kind: JournalKind, label: string, icon: IconName): ShellSection => ({
    label,
    icon,
    href: link(journalPath(kind)),
    current: place.at === 'journal' ? place.kind === kind : PAGES[kind] === place.at,
  });
  return [
    { items: [today, search].flatMap((one) => one ?? []) },
    {
      title: m.section_service(),
      items: [
        journal('visit', m.object_visits(), 'van'),
        journal('service_card', m.cards(), 'list'),
        journal('complaint', m.complaints(), 'alert'),
        journal('equipment', m.objects(), 'gauge'),
      ],
    },
    { title: m.section_sales(), items: [journal('customer', m.customers(), 'users')] },
    { title: m.section_device(), items: [more].flatMap((one) => one ?? []) },
  ];
}

const PAGES = {
  visit: 'visit',
  service_card: 'card',
  complaint: 'complaint',
  customer: 'customer',
  equipment: 'object',
} satisfies Record<JournalKind, Place['at']>;

export function sections(place: Place): ShellSection[] {
  return [
    {
      label: m.today(),
      icon: 'calendar',
      href: link(todayPath),
      current: place.at === 'today' || place.at === 'day' || place.at === 'visit',
    },
    { label: m.search(), icon: 'search', href: link(searchPath), current: place.at === 'search' },
    {
      label: m.more(),
      icon: 'more',
      href: link(settingsPath),
      current: place.at === 'settings' || place.at === 'not_accepted',
    },
  ];
}
