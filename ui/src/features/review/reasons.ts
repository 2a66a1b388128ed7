/** Why work waits, said to somebody who is not its author. */
import { m } from '$lib/words';

const REASONS: Record<string, () => string> = {
  not_allowed: m.review_why_not_allowed,
  out_of_sight: m.review_why_not_seen,
  others_row: m.review_why_row,
  conflict_not_yours: m.review_why_conflict,
  device_revoked: m.review_why_revoked,
  employee_dismissed: m.review_why_dismissed,
};

/** Of a code that people rarely meet, that it was the rules. */
export function reasonText(code: string | undefined): string {
  return (code === undefined ? undefined : REASONS[code])?.() ?? m.review_why_other();
}
