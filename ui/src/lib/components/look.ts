/** How a state looks: icon, word and colour, always together. */
import { fullDate, type LocalDate } from '$lib/format/date';
import { isWarrantyOver } from '$lib/format/warranty';
import type { IconName } from '$lib/icons/names';
import { m } from '$lib/words';
import type { CardState, ComplaintState, PhotoState, Standing, VisitState, Way } from '$lib/bindings';

/** A state as it is shown. `tone` names the colour token; its soft twin ends in `-soft`. */
export interface Look {
  icon: IconName;
  word: string;
  tone: string;
}

type Looks<State extends string> = Record<State, readonly [IconName, string, () => string]>;

const VISIT = {
  new: ['dash', 'state-new', m.visit_new],
  scheduled: ['ring', 'state-scheduled', m.visit_scheduled],
  dispatched: ['dot', 'state-dispatched', m.visit_dispatched],
  accepted: ['dot', 'state-accepted', m.visit_accepted],
  declined: ['no', 'state-declined', m.visit_declined],
  travelling: ['van', 'state-travelling', m.visit_travelling],
  in_progress: ['play', 'state-in-progress', m.visit_in_progress],
  on_hold: ['pause', 'state-on-hold', m.visit_on_hold],
  completed: ['done', 'state-completed', m.visit_completed],
  completed_partly: ['half', 'state-partly', m.visit_completed_partly],
  cannot_complete: ['no', 'state-cannot', m.visit_cannot_complete],
  reviewed: ['eye', 'state-reviewed', m.visit_reviewed],
  closed: ['lock', 'state-closed', m.visit_closed],
  cancelled: ['minus', 'state-cancelled', m.visit_cancelled],
} as const satisfies Looks<VisitState>;

const CARD = {
  draft: ['dash', 'state-new', m.card_draft],
  active: ['play', 'state-in-progress', m.card_active],
  suspended: ['pause', 'state-on-hold', m.card_suspended],
  completed: ['done', 'state-completed', m.card_completed],
  renewed: ['repeat', 'state-reviewed', m.card_renewed],
  terminated: ['no', 'state-cannot', m.card_terminated],
  closed: ['lock', 'state-closed', m.card_closed],
} as const satisfies Looks<CardState>;

const COMPLAINT = {
  registered: ['dash', 'state-new', m.complaint_registered],
  accepted: ['dot', 'state-accepted', m.complaint_accepted],
  analysis: ['search', 'state-scheduled', m.complaint_analysis],
  action: ['wrench', 'state-in-progress', m.complaint_action],
  verification: ['eye', 'state-reviewed', m.complaint_verification],
  answered: ['mail', 'state-completed', m.complaint_answered],
  closed: ['lock', 'state-closed', m.complaint_closed],
  rejected: ['no', 'state-declined', m.complaint_rejected],
  reopened: ['repeat', 'danger', m.complaint_reopened],
} as const satisfies Looks<ComplaintState>;

const STANDING = {
  on_device: ['device', 'sync-device', m.standing_on_device],
  sending: ['upload', 'sync-sending', m.standing_sending],
  in_office: ['office', 'sync-office', m.standing_in_office],
  not_accepted: ['alert', 'sync-rejected', m.standing_not_accepted],
} as const satisfies Looks<Standing>;

const PHOTO = {
  on_device: ['device', 'sync-device', m.photo_on_device],
  sending: STANDING.sending,
  in_office: STANDING.in_office,
  elsewhere: ['offline', 'sync-device', m.photo_elsewhere],
} as const satisfies Looks<PhotoState>;

function look([icon, tone, word]: readonly [IconName, string, () => string]): Look {
  return { icon, tone, word: word() };
}

export const visitLook = (state: VisitState): Look => look(VISIT[state]);
/** A visit of one's own day: whoever is there already is on the way no more, though the work has not begun. */
export const ownVisitLook = ({ state, way }: { state: VisitState; way: Way }): Look =>
  state === 'travelling' && way.arrived !== null
    ? { ...visitLook(state), icon: 'pin', word: m.visit_arrived() }
    : visitLook(state);
export const cardLook = (state: CardState): Look => look(CARD[state]);
export const complaintLook = (state: ComplaintState): Look => look(COMPLAINT[state]);
export const standingLook = (standing: Standing): Look => look(STANDING[standing]);
/** Of a record that is in the office while photos of it are on this device only. */
export const butPhotosLook = (): Look => look(['device', 'sync-device', m.standing_but_photos]);
export const photoLook = (state: PhotoState): Look => look(PHOTO[state]);
/** A warranty by its last day, which it still holds on. */
export const warrantyLook = (until: LocalDate, today: LocalDate): Look =>
  isWarrantyOver(until, today)
    ? look(['no', 'state-closed', () => m.warranty_ended({ date: fullDate(until) })])
    : look(['done', 'state-completed', () => m.warranty_holds({ date: fullDate(until) })]);
/** Of what should be over; says the whole days it is late, once it is one. */
export const overdueLook = (days = 0): Look =>
  look(['clock', 'danger', () => (days < 1 ? m.state_overdue() : m.state_overdue_days({ count: days }))]);
/** What stands in a box and is nowhere else yet. */
export const unsavedLook = (): Look => look(['dash', 'text-muted', m.not_saved_yet]);
export const undecidedLook = (): Look => look(['fork', 'sync-conflict', m.state_needs_decision]);
/** Of a record that no longer counts: made by mistake, or a duplicate of the one that is named. */
export const withdrawnLook = (): Look => look(['no', 'text-muted', m.record_withdrawn]);
export const duplicateLook = (stays: string): Look =>
  look(['group', 'text-muted', () => m.record_duplicate_of({ name: stays })]);

/** Every look, for the page that shows them all. */
export function allLooks(): { visit: Look[]; card: Look[]; complaint: Look[]; standing: Look[] } {
  return {
    visit: [...Object.values(VISIT).map(look), overdueLook(), overdueLook(3), undecidedLook()],
    card: Object.values(CARD).map(look),
    complaint: Object.values(COMPLAINT).map(look),
    standing: Object.values(STANDING).map(look),
  };
}
