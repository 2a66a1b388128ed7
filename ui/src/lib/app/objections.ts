/** What the device has against a value, beside the field it stands in: what would be right. */
import type { Miswritten, ObjectionReason } from '$lib/bindings';
import { m } from '$lib/words';
import { objectionProblem } from './problems';

const MISWRITTEN = {
  wrong_length: m.objection_length,
  not_digits: m.objection_digits,
  control_digit: m.objection_control_digit,
  not_an_iban: m.objection_iban,
  not_a_phone: m.objection_phone,
  not_an_email: m.objection_email,
} satisfies Record<Miswritten['reason'], unknown>;

const TEXTS: Partial<Record<ObjectionReason['code'], () => string>> = {
  negative: m.objection_negative,
  not_positive: m.objection_not_positive,
  not_a_repetition: m.objection_repetition,
  ends_before_start: m.objection_ends_before_start,
  in_future: m.objection_in_future,
  nameless: m.objection_nameless,
  about_nothing: m.objection_about_nothing,
  code_taken: m.objection_code_taken,
};

export function objectionText(why: ObjectionReason): string {
  if (why.code === 'too_large') return m.objection_too_large({ most: why.most });
  if (why.code === 'miswritten') {
    return why.reason === 'wrong_length'
      ? MISWRITTEN.wrong_length({ found: why.found, expected: why.expected.replace('or', '/') })
      : MISWRITTEN[why.reason]();
  }
  return TEXTS[why.code]?.() ?? objectionProblem(why.code);
}
