/** A warranty by its last day, which it still holds on: never told as if it held when it ended. */
import { m } from '$lib/words';
import { fullDate, type LocalDate } from './date';

export const isWarrantyOver = (until: LocalDate, today: LocalDate): boolean => until < today;

/** «гарантія до 14.03.2027», «гарантія закінчилась 14.03.2025»; empty where nobody knows. */
export function warrantyText(until: LocalDate | null | undefined, today: LocalDate): string {
  if (!until) return '';
  const date = fullDate(until);
  return isWarrantyOver(until, today) ? m.warranty_ended_on({ date }) : m.warranty_until({ date });
}
