/** The sections a person moves between, of each shell; both are made from this one list. */
import { JOURNALS, type JournalSpec } from '$features/journal/kinds';
import { type WorkCounts, type Worklist, WORKLISTS } from '$features/journal/worklists.svelte';
import type { Me } from '$lib/bindings';
import {
  companyPath,
  createPath,
  directoriesPath,
  importPath,
  journalPath,
  link,
  minePath,
  noticesPath,
  reviewPath,
  searchPath,
  settingsPath,
  staffPath,
  todayPath,
} from '$lib/app/paths';
import type { IconName } from '$lib/icons/names';
import { kindIcon } from '$lib/records/fields';
import type { JournalKind } from '$lib/records/journals';
import { m } from '$lib/words';
import type { Place } from './places';

export interface ShellSection {
  label: string;
  icon: IconName;
  href: string;
  current: boolean;
  /** Work to do there, or what is new there. */
  count?: number;
  urgency?: 'normal' | 'due';
  kind?: 'make';
}

/** What waits for somebody at a desk, as lists of the journals this person sees. */
function worklists(place: Place, me: Me | undefined, counts: WorkCounts): ShellSection[] {
  return WORKLISTS.filter(({ kind }) => sees(me, JOURNALS[kind])).map((list) => ({
    label: viewTitle(list),
    icon: list.icon,
    href: link(journalPath(list.kind, list)),
    current: isAt(place, list),
    count: counts.of(list),
    urgency: list.urgency,
  }));
}

function sees(me: Me | undefined, { section }: JournalSpec): boolean {
  return !me?.rights_known || me.sections.some((one) => one.section === section);
}

/** Every ready view of the journals this person sees: the palette leads to them from anywhere. */
export function journalViews(me: Me | undefined): Pick<ShellSection, 'label' | 'icon' | 'href'>[] {
  const specs: readonly JournalSpec[] = Object.values(JOURNALS);
  return specs
    .filter((spec) => sees(me, spec))
    .flatMap(({ kind, title, views }) =>
      views.map((view) => ({
        label: `${title()}: ${view.title()}`,
        icon: kindIcon(kind),
        href: link(journalPath(kind, { view: view.id })),
      })),
    );
}

function viewTitle({ kind, view }: Worklist): string {
  const spec: JournalSpec = JOURNALS[kind];
  return spec.views.find(({ id }) => id === view)?.rail?.() ?? spec.title();
}

function isAt(place: Place, { kind, view }: Worklist): boolean {
  if (place.at !== 'journal' || place.kind !== kind || !place.look) return false;
  return place.look.view === view && (place.look.conditions ?? []).length === 0;
}

/** The lists of work of the Office, and its journals by what they are for; `toDecide` waits for a decision. */
export function officeSections(
  place: Place,
  me: Me | undefined,
  counts: WorkCounts,
  waiting: { toDecide: number; unread: number },
): { title?: string; items: ShellSection[] }[] {
  // A visit belongs to its journal here.
  const at: Place = place.at === 'visit' ? { at: 'journal', kind: 'visit' } : place;
  const [today, , make, , more] = sections(at, 0);
  const notices: ShellSection = {
    label: m.notices(),
    icon: 'bell',
    href: link(noticesPath),
    current: place.at === 'notices',
    count: waiting.unread,
  };
  const work = worklists(place, me, counts);
  const journal = (kind: JournalKind, label: string, icon: IconName): ShellSection => ({
    label,
    icon,
    href: link(journalPath(kind)),
    current: atJournal(place, kind) && !work.some(({ current }) => current),
  });
  return [
    {
      items: [
        ...[today, make].flatMap((one) => one ?? []),
        notices,
        ...work,
        {
          label: m.review(),
          icon: 'inbox',
          href: link(reviewPath),
          current: place.at === 'review',
          count: waiting.toDecide,
          urgency: 'due',
        },
      ],
    },
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
    {
      title: m.section_office(),
      items: [
        { label: m.staff(), icon: 'badge', href: link(staffPath), current: isStaff(place) },
        {
          label: m.directories(),
          icon: 'columns',
          href: link(directoriesPath),
          current: place.at === 'directories',
        },
        { label: m.import(), icon: 'upload', href: link(importPath), current: place.at === 'import' },
        { label: m.company(), icon: 'globe', href: link(companyPath), current: place.at === 'company' },
      ],
    },
    {
      title: m.section_device(),
      items: [more].flatMap((one) => (one ? { ...one, current: isMore(place) } : [])),
    },
  ];
}

const isStaff = ({ at }: Place): boolean => at === 'staff' || at === 'person';

function atJournal(place: Place, kind: JournalKind): boolean {
  const isOf = place.at === 'journal' || place.at === 'form';
  return isOf ? place.kind === kind : PAGES[kind] === place.at;
}

/** What has a place of its own on a desk's rail; on a small window it is found under «more». */
const OFFICE: readonly Place['at'][] = ['notices', 'review', 'import', 'staff', 'directories', 'company'];

const isMore = ({ at }: Place): boolean => at === 'settings' || at === 'not_accepted';

const PAGES = {
  visit: 'visit',
  service_card: 'card',
  complaint: 'complaint',
  customer: 'customer',
  equipment: 'object',
} satisfies Record<JournalKind, Place['at']>;

/** Places that the journal of the field leads to. */
const FIELD_RECORDS: readonly Place['at'][] = ['mine', 'card', 'object', 'customer', 'complaint'];

export function sections(place: Place, unread: number): ShellSection[] {
  return [
    {
      label: m.today(),
      icon: 'calendar',
      href: link(todayPath),
      current: place.at === 'today' || place.at === 'day' || place.at === 'visit',
    },
    { label: m.journal(), icon: 'list', href: link(minePath), current: FIELD_RECORDS.includes(place.at) },
    { label: m.create(), icon: 'plus', href: link(createPath), current: place.at === 'create', kind: 'make' },
    {
      label: m.search(),
      icon: 'search',
      href: link(searchPath),
      // Who is looked for is found there.
      current: place.at === 'search' || place.at === 'person',
    },
    {
      label: m.more(),
      icon: 'more',
      href: link(settingsPath),
      current: isMore(place) || OFFICE.includes(place.at),
      count: unread,
    },
  ];
}
