/** The icon and the colour of what happened, by what sort of thing it was. */
import type { TimelineEntry } from '$lib/bindings';
import type { IconName } from '$lib/icons/names';

export interface EntryLook {
  icon: IconName;
  /** A colour token; only of what moved the work on, and of what was taken back. */
  tone?: string;
}

/** Steps of a visit, of a card and of a complaint: those of one name mean the same. */
const STEPS: Partial<Record<string, EntryLook>> = {
  dispatched: { icon: 'mail', tone: 'state-dispatched' },
  accepted: { icon: 'check', tone: 'state-accepted' },
  declined: { icon: 'no', tone: 'state-declined' },
  travel_started: { icon: 'van', tone: 'state-travelling' },
  arrived: { icon: 'pin', tone: 'state-travelling' },
  work_started: { icon: 'play', tone: 'state-in-progress' },
  paused: { icon: 'pause', tone: 'state-on-hold' },
  resumed: { icon: 'play', tone: 'state-in-progress' },
  completed: { icon: 'done', tone: 'state-completed' },
  completed_partly: { icon: 'half', tone: 'state-partly' },
  cannot_complete: { icon: 'no', tone: 'state-cannot' },
  reviewed: { icon: 'eye', tone: 'state-reviewed' },
  closed: { icon: 'lock', tone: 'state-closed' },
  cancelled: { icon: 'minus', tone: 'state-cancelled' },
  activated: { icon: 'play', tone: 'state-in-progress' },
  suspended: { icon: 'pause', tone: 'state-on-hold' },
  renewed: { icon: 'repeat', tone: 'state-reviewed' },
  terminated: { icon: 'no', tone: 'state-cannot' },
  reopened: { icon: 'undo' },
  analysis_started: { icon: 'search', tone: 'state-scheduled' },
  action_started: { icon: 'wrench', tone: 'state-in-progress' },
  verification_started: { icon: 'eye', tone: 'state-reviewed' },
  answered: { icon: 'mail', tone: 'state-completed' },
  rejected: { icon: 'no', tone: 'state-declined' },
};

/** What is told of first stands first: an ending brings its works and its signature with it. */
const FIELDS: readonly (readonly [string, EntryLook])[] = [
  ['works', { icon: 'done', tone: 'state-completed' }],
  ['photos', { icon: 'camera' }],
  ['signatures', { icon: 'sign' }],
  ['signature_refusal', { icon: 'sign' }],
  ['checklist_answers', { icon: 'checklist' }],
  ['parts', { icon: 'box' }],
  ['returns', { icon: 'box' }],
  ['readings', { icon: 'gauge' }],
  ['documents', { icon: 'doc' }],
  ['messages', { icon: 'mail' }],
  ['actions', { icon: 'wrench' }],
  ['proposals', { icon: 'bell' }],
  ['findings', { icon: 'note' }],
  ['recommendations', { icon: 'note' }],
  ['description', { icon: 'note' }],
  ['window', { icon: 'calendar' }],
  ['specialists', { icon: 'user' }],
  ['responsible', { icon: 'user' }],
  ['crew', { icon: 'users' }],
];

const COMPLAINT_MADE: EntryLook = { icon: 'alert', tone: 'danger' };
const TAKEN_BACK: EntryLook = { icon: 'undo' };
const OTHER: EntryLook = { icon: 'pen' };

export function entryLook({ record, writes }: TimelineEntry): EntryLook {
  for (const { path, what } of writes) {
    if (path.field !== 'events' || what.did !== 'row') continue;
    const look = STEPS[String(what.columns.what)];
    if (look) return look;
  }
  const isMade = writes.some(({ path }) => path.field === 'author');
  if (record.kind === 'complaint' && isMade) return COMPLAINT_MADE;
  if (writes.some(({ path }) => path.field === 'withdrawn' || path.column === 'withdrawn')) return TAKEN_BACK;
  // A cell of a row that stands was corrected: nothing more was done.
  const meant = writes.filter(({ path, what }) => path.row === undefined || what.did === 'row');
  const written = new Set(meant.map(({ path }) => path.field));
  return FIELDS.find(([field]) => written.has(field))?.[1] ?? OTHER;
}
