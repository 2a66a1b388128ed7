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
  not_yours_to_make: m.refused_not_yours,
  not_yours: m.refused_not_yours,
  anothers_row: m.refused_anothers_row,
  anothers_name: m.refused_anothers_row,
  not_yours_to_decide: m.refused_decided_by_others,
  needs_ability: m.refused_not_yours,
};

export function refusedText(work: RefusedWork): string {
  const reason = work.reason === null ? undefined : REASON[work.reason.code];
  return [OUTCOME[work.outcome](), reason?.() ?? ''].filter(Boolean).join(' ');
}
