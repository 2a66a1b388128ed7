/** What a person reads when something did not work: what happened, what is safe, what to do next. */
import type { ErrorCode } from '$lib/backend/backend';
import { m } from '$lib/words';

const TEXT = {
  no_such_record: m.problem_no_such_record,
  set_aside: m.problem_set_aside,
  not_allowed: m.problem_not_allowed,
  not_enrolled: m.problem_not_enrolled,
  contended: m.problem_contended,
  storage: m.problem_storage,
  unreachable: m.problem_unreachable,
  internal: m.problem_internal,
} satisfies Record<ErrorCode, () => string>;

export function problemText(code: ErrorCode): string {
  return TEXT[code]();
}
