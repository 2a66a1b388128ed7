/** The journals there are: which columns each offers, by what it is narrowed, grouped and edited, its ready views. */
import type { Section, SortKey } from '$lib/bindings';
import type { Condition, JournalKind } from '$lib/records/journals';
import { m } from '$lib/words';
import { gone, goneText } from './counting';

export interface ReadyView {
  id: string;
  title: () => string;
  /** How the rail calls it, where it counts the records as work to do. */
  rail?: () => string;
  conditions: readonly Condition[];
}

export interface JournalSpec {
  kind: JournalKind;
  /** The section whose rights hold. */
  section: Section;
  title: () => string;
  empty: () => string;
  /** Columns offered, in the order of the chooser. */
  columns: readonly string[];
  /** Those that show at first. */
  shown: readonly string[];
  /** Those that stay longest where there is no room for all, the most useful first. */
  first: readonly string[];
  conditions: readonly string[];
  groups: readonly string[];
  /** Columns that the head of a group adds up; of percents, the mean. */
  sums: readonly string[];
  /** Columns edited in place, of one record or of many. */
  edits: readonly string[];
  sort: SortKey;
  views: readonly ReadyView[];
}

const condition = (column: string, ...values: string[]): Condition => ({
  column,
  chosen: values.map((value) => ({ value })),
});
const all: ReadyView = { id: 'all', title: m.view_all, conditions: [] };
const undecided: ReadyView = {
  id: 'undecided',
  title: m.state_needs_decision,
  conditions: [condition('conflicts', 'some')],
};
/** Where what was withdrawn or merged is found again. */
const noLonger = (kind: JournalKind): ReadyView => ({
  id: 'gone',
  title: () => goneText(kind),
  conditions: [gone],
});
const descending = (column: string): SortKey => ({ column, direction: 'descending', nulls: 'last' });
const ascending = (column: string): SortKey => ({ column, direction: 'ascending', nulls: 'last' });

/** Whoever is to go has not ended the work yet. */
const OPEN_VISIT = [
  'new',
  'scheduled',
  'dispatched',
  'accepted',
  'declined',
  'travelling',
  'in_progress',
  'on_hold',
];

const OPEN_COMPLAINT = [
  'registered',
  'accepted',
  'analysis',
  'action',
  'verification',
  'answered',
  'reopened',
];

export const JOURNALS = {
  visit: {
    kind: 'visit',
    section: 'service',
    title: m.journal_visits,
    empty: m.journal_visits_empty,
    columns: [
      'label',
      'customer',
      'equipment',
      'state',
      'specialists',
      'window_start',
      'percent',
      'card',
      'outcome',
      'duration_minutes',
      'pinned',
      'author',
    ],
    shown: ['label', 'customer', 'equipment', 'state', 'specialists', 'window_start', 'percent'],
    first: ['label', 'customer', 'state', 'window_start', 'specialists', 'equipment', 'percent'],
    conditions: [
      'state',
      'window_start',
      'specialists',
      'customer',
      'overdue_from',
      'outcome',
      'pinned',
      'conflicts',
    ],
    groups: ['state', 'customer', 'outcome'],
    sums: ['duration_minutes', 'percent'],
    edits: ['specialists', 'window_start'],
    sort: descending('window_start'),
    views: [
      { id: 'week', title: m.view_this_week, conditions: [condition('window_start', 'this_week')] },
      { id: 'today', title: m.today, conditions: [condition('window_start', 'today')] },
      {
        id: 'overdue',
        title: m.view_overdue,
        rail: m.work_overdue,
        conditions: [condition('overdue_from', 'past')],
      },
      {
        id: 'unassigned',
        title: m.view_unassigned,
        rail: m.work_unassigned,
        conditions: [condition('state', ...OPEN_VISIT), condition('specialists', '')],
      },
      undecided,
      all,
      noLonger('visit'),
    ],
  },
  service_card: {
    kind: 'service_card',
    section: 'service',
    title: m.journal_cards,
    empty: m.journal_cards_empty,
    columns: [
      'label',
      'customer',
      'equipment',
      'title',
      'state',
      'service_type',
      'priority',
      'responsible',
      'next_visit_start',
      'percent',
      'region',
      'crew',
      'visits_planned',
      'visits_completed',
    ],
    shown: [
      'label',
      'customer',
      'equipment',
      'state',
      'priority',
      'responsible',
      'next_visit_start',
      'percent',
    ],
    first: [
      'label',
      'customer',
      'state',
      'next_visit_start',
      'equipment',
      'responsible',
      'priority',
      'percent',
    ],
    conditions: [
      'state',
      'service_type',
      'priority',
      'responsible',
      'region',
      'customer',
      'next_visit_start',
      'conflicts',
    ],
    groups: ['service_type', 'state', 'priority', 'responsible', 'region', 'customer'],
    sums: ['visits_completed', 'percent'],
    edits: ['responsible', 'priority', 'service_type', 'region'],
    sort: descending('label'),
    views: [
      { id: 'active', title: m.view_active, conditions: [condition('state', 'active')] },
      {
        id: 'unplanned',
        title: m.view_unplanned,
        conditions: [condition('state', 'active'), condition('next_visit_start', '')],
      },
      undecided,
      all,
      noLonger('service_card'),
    ],
  },
  complaint: {
    kind: 'complaint',
    section: 'complaints',
    title: m.journal_complaints,
    empty: m.journal_complaints_empty,
    columns: [
      'label',
      'customer',
      'title',
      'equipment',
      'state',
      'severity',
      'complaint_kind',
      'responsible',
      'received_at',
      'next_action_due',
      'channel',
      'cause_code',
      'team',
    ],
    shown: [
      'label',
      'customer',
      'title',
      'state',
      'severity',
      'responsible',
      'received_at',
      'next_action_due',
    ],
    first: [
      'label',
      'title',
      'state',
      'customer',
      'severity',
      'next_action_due',
      'responsible',
      'received_at',
    ],
    conditions: [
      'state',
      'severity',
      'complaint_kind',
      'responsible',
      'customer',
      'received_at',
      'next_action_due',
      'channel',
      'conflicts',
    ],
    groups: ['state', 'severity', 'complaint_kind', 'responsible', 'cause_code', 'customer'],
    sums: [],
    edits: ['responsible', 'severity'],
    sort: descending('received_at'),
    views: [
      { id: 'open', title: m.view_open, conditions: [condition('state', ...OPEN_COMPLAINT)] },
      {
        id: 'new',
        title: m.view_new,
        rail: m.work_new_complaints,
        conditions: [condition('state', 'registered')],
      },
      {
        id: 'late',
        title: m.view_late_actions,
        conditions: [condition('next_action_due', 'past')],
      },
      {
        id: 'critical',
        title: m.view_critical,
        conditions: [condition('state', ...OPEN_COMPLAINT), condition('severity', 'critical')],
      },
      undecided,
      all,
      noLonger('complaint'),
    ],
  },
  customer: {
    kind: 'customer',
    section: 'customers',
    title: m.journal_customers,
    empty: m.journal_customers_empty,
    columns: [
      'title',
      'registry_code',
      'phones',
      'status',
      'responsible',
      'last_visit_start',
      'visits_done',
      'open_complaints',
      'source',
      'emails',
    ],
    shown: [
      'title',
      'registry_code',
      'phones',
      'responsible',
      'last_visit_start',
      'visits_done',
      'open_complaints',
    ],
    first: [
      'title',
      'phones',
      'responsible',
      'open_complaints',
      'last_visit_start',
      'registry_code',
      'visits_done',
    ],
    conditions: ['status', 'responsible', 'open_complaints', 'last_visit_start', 'source', 'conflicts'],
    groups: ['status', 'responsible', 'source'],
    sums: ['visits_done', 'open_complaints'],
    edits: ['responsible', 'status'],
    sort: ascending('title'),
    views: [
      all,
      { id: 'complaining', title: m.view_complaining, conditions: [condition('open_complaints', 'some')] },
      undecided,
      noLonger('customer'),
    ],
  },
  equipment: {
    kind: 'equipment',
    section: 'service',
    title: m.journal_equipment,
    empty: m.journal_equipment_empty,
    columns: [
      'title',
      'serial',
      'customer',
      'place',
      'manufacturer',
      'category',
      'installed',
      'warranty_until',
      'last_visit_start',
      'visits_done',
      'open_complaints',
    ],
    shown: ['title', 'customer', 'place', 'warranty_until', 'last_visit_start', 'open_complaints'],
    first: ['title', 'customer', 'warranty_until', 'open_complaints', 'last_visit_start', 'place'],
    conditions: ['customer', 'category', 'warranty_until', 'open_complaints', 'conflicts'],
    groups: ['category', 'customer'],
    sums: ['visits_done', 'open_complaints'],
    edits: ['category'],
    sort: ascending('title'),
    views: [
      all,
      {
        id: 'warranty',
        title: m.view_warranty_ends,
        conditions: [condition('warranty_until', 'next_month')],
      },
      { id: 'complaining', title: m.view_complaining, conditions: [condition('open_complaints', 'some')] },
      noLonger('equipment'),
    ],
  },
} satisfies Record<JournalKind, JournalSpec>;
