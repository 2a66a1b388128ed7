/** Work the office did not accept, in a sentence: what happened, what is safe, what to do. */
import type { RefusedOutcome, RefusedWork } from '$lib/bindings';
import { m } from '$lib/words';

const OUTCOME = {
  in_review: m.refused_in_review,
  declined: m.refused_declined,
  damaged: m.refused_damaged,
} satisfies Record<RefusedOutcome, () => string>;

/** Reasons that people meet and can do something about; of others the outcome says enough. */
const REASON: Record<string, () => string> = {
  out_of_sight: m.refused_out_of_sight,
  not_allowed: m.refused_not_yours,
  others_row: m.refused_anothers_row,
  conflict_not_yours: m.refused_decided_by_others,
};

export function refusedText(work: RefusedWork): string {
  const reason = work.reason === null ? undefined : REASON[work.reason.code];
  return [OUTCOME[work.outcome](), reason?.() ?? '', answerText(work)].filter(Boolean).join(' ');
}

/** What the reviewer wrote to the author. */
function answerText({ reason }: RefusedWork): string {
  const answer = reason?.code === 'declined' ? reason.answer : undefined;
  return typeof answer === 'string' && answer !== '' ? m.refused_answer({ answer }) : '';
}
