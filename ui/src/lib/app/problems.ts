/** What a person reads when something did not work: what happened, what is safe, what to do next. */
import type { Problem } from '$lib/backend/backend';
import type { NotProven, ObjectionReason, RelayTrouble, StorageTrouble } from '$lib/bindings';
import { canonical, moment } from '$lib/format/date';
import { kindText } from '$lib/records/fields';
import { m } from '$lib/words';
import { today } from './clock.svelte';
import { SYNC_TROUBLES } from './syncTroubles';

const STORAGE = {
  disk_full: m.problem_disk_full,
  damaged: m.problem_damaged,
  disk_failed: m.problem_disk_failed,
  busy: m.problem_busy,
  in_use: m.problem_in_use,
  newer_app: m.problem_newer_app,
  failed: m.problem_storage,
} satisfies Record<StorageTrouble, () => string>;

const RELAY = {
  unreachable: SYNC_TROUBLES.unreachable.text,
  not_a_relay: SYNC_TROUBLES.not_a_relay.text,
  other_relay: SYNC_TROUBLES.other_relay.text,
  forged: SYNC_TROUBLES.forged.text,
  no_progress: SYNC_TROUBLES.no_progress.text,
  not_tls: SYNC_TROUBLES.not_a_relay.text,
  revoked: m.problem_revoked,
  not_confirmed: m.problem_not_confirmed,
  refused: m.problem_office_refused,
} satisfies Record<Exclude<RelayTrouble['what'], 'not_proven'>, () => string>;

/** Refusals that people can do something about or that say what is wrong, by the relay's code. */
const REFUSED: Record<string, () => string> = {
  'not-mergeable': m.problem_not_mergeable,
  'clock-skew': SYNC_TROUBLES.clock.text,
  'protocol-not-spoken': SYNC_TROUBLES.other_version.text,
  'signature-missing': SYNC_TROUBLES.not_recognised.text,
  'signature-wrong': SYNC_TROUBLES.not_recognised.text,
  'workspace-unknown': SYNC_TROUBLES.other_relay.text,
  'handing-over': SYNC_TROUBLES.relay_unable.text,
  'storage-full': SYNC_TROUBLES.relay_unable.text,
  'read-only': SYNC_TROUBLES.relay_unable.text,
  'too-many-requests': SYNC_TROUBLES.relay_unable.text,
  busy: SYNC_TROUBLES.relay_unable.text,
  internal: SYNC_TROUBLES.relay_unable.text,
};

const OBJECTION = {
  miswritten: m.problem_wrong_value,
  negative: m.problem_wrong_value,
  not_positive: m.problem_wrong_value,
  above_hundred: m.problem_wrong_value,
  too_large: m.problem_wrong_value,
  not_a_repetition: m.problem_wrong_value,
  bounds_crossed: m.problem_bounds_crossed,
  merged_in_circle: m.problem_merged_wrongly,
  merged_into_withdrawn: m.problem_merged_wrongly,
  ends_before_start: m.problem_ends_before_start,
  in_future: m.problem_in_future,
  no_choices: m.problem_required,
  answer_unfit: m.problem_wrong_value,
  nameless: m.problem_required,
  about_nothing: m.problem_required,
  administrator_keeps: m.problem_administrator_keeps,
  code_taken: m.problem_code_taken,
  already_answered: m.problem_already_answered,
  reason_missing: m.reason_missing,
  visit_step: m.problem_does_not_follow,
  not_begun: m.problem_not_begun,
  card_step: m.problem_does_not_follow,
  complaint_step: m.problem_does_not_follow,
  not_closable: m.problem_not_complete,
  unanswered: m.problem_not_complete,
} satisfies Record<ObjectionReason['code'], () => string>;

type Told = 'another_kind' | 'storage' | 'relay' | 'objected' | 'too_short' | 'already_decided';
type Texts = Record<Exclude<Problem['code'], Told>, () => string>;

const TEXT = {
  not_now: m.problem_not_now,
  profile_closed: m.problem_profile_closed,
  wrong_secret: m.problem_wrong_secret,
  too_many_tries: m.problem_too_many_tries,
  no_keyring: m.problem_no_keyring,
  not_enrolled: m.problem_not_enrolled,
  already_enrolled: m.problem_already_enrolled,
  wrong_invitation: m.problem_wrong_invitation,
  no_such_record: m.problem_no_such_record,
  no_longer_counts: m.problem_no_longer_counts,
  cannot_open: m.problem_set_aside,
  not_made_yet: m.problem_not_made_yet,
  not_allowed: m.problem_not_allowed,
  wrong_value: m.problem_wrong_value,
  too_long: m.problem_too_long,
  too_much: m.problem_too_long,
  required: m.problem_required,
  photo_too_large: m.problem_photo_too_large,
  file: m.problem_file,
  nothing_to_undo: m.problem_nothing_to_undo,
  import_unreadable: m.problem_import_unreadable,
  changed_since: m.problem_changed_since,
  in_conflict: m.problem_in_conflict,
  not_in_conflict: m.problem_not_in_conflict,
  contended: m.problem_contended,
  wrong_list: m.problem_internal,
  wrong_question: m.problem_internal,
  unexpected: m.problem_internal,
  no_answer: m.problem_no_answer,
} satisfies Texts;

export function storageText(trouble: StorageTrouble): string {
  return STORAGE[trouble]();
}

export const objectionProblem = (code: ObjectionReason['code']): string => OBJECTION[code]();

function relayText(trouble: RelayTrouble): string {
  if (trouble.what === 'not_proven') return unprovenText(trouble.why);
  const refused = trouble.what === 'refused' ? REFUSED[trouble.problem] : undefined;
  return (refused ?? RELAY[trouble.what])();
}

function unprovenText(why: NotProven): string {
  switch (why.is) {
    case 'not_known':
      return m.problem_server_not_known({ shown: why.shown });
    case 'other_key':
      return m.problem_server_other_key({ shown: why.shown });
    case 'other_name':
      return m.problem_server_other_name();
    case 'other_time':
      return m.problem_server_other_time();
    case 'garbled':
      return m.problem_not_proven();
  }
}

/** Whether nothing speaks against what was asked but how the device stands now: the same may work later. */
export function passes({ code }: Problem): boolean {
  return code === 'storage' || code === 'contended' || code === 'no_answer';
}

export function problemText(problem: Problem): string {
  if (problem.code === 'storage') return storageText(problem.trouble);
  if (problem.code === 'relay') return relayText(problem.trouble);
  if (problem.code === 'objected') {
    const texts = problem.objections.map((one) => OBJECTION[one.why.code]());
    return [...new Set(texts)].join(' ');
  }
  if (problem.code === 'another_kind') return m.problem_another_kind({ kind: kindText(problem.kind) });
  if (problem.code === 'too_short') return m.problem_too_short({ n: problem.least });
  if (problem.code === 'already_decided') return decidedText(problem);
  return TEXT[problem.code]();
}

function decidedText({ by, at_ms, accepted }: Extract<Problem, { code: 'already_decided' }>): string {
  const when = moment(canonical(new Date(at_ms)), today());
  const said = { who: by ? by.title || by.label : m.history_office(), when };
  return accepted ? m.problem_accepted_before(said) : m.problem_declined_before(said);
}
