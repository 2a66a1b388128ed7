/** Work the office did not accept, in a sentence: what happened, what is safe, what to do. */
import type { App } from '$lib/app/app.svelte';
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

/** Puts one away that was read, and says so with the way back; the ones that are left, or nothing when it failed. */
export async function putAway(
  app: App,
  { envelope }: RefusedWork,
): Promise<readonly RefusedWork[] | undefined> {
  const left = await app.ask('put_away', { envelope });
  if (left) app.did(m.done_put_away(), (failed) => app.ask('put_back', { envelope }, failed));
  return left;
}

/** What the reviewer wrote to the author. */
function answerText({ reason }: RefusedWork): string {
  const answer = reason?.code === 'declined' ? reason.answer : undefined;
  return typeof answer === 'string' && answer !== '' ? m.refused_answer({ answer }) : '';
}
