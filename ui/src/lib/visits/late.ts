/** How late a visit is that should be over. */
import { today } from '$lib/app/clock.svelte';
import { type Look, overdueLook } from '$lib/components/look';
import { dayOf, daysBetween, windowOf, type WindowText } from '$lib/format/date';

/** Of a visit that is late since a moment: by how many days, from the day after. */
export const lateLook = (since: Date): Look => overdueLook(daysBetween(dayOf(since), today()));

/** Of a visit as it is read: nothing while it is not late. */
export function lateLookOf(visit: { is_overdue: boolean; window: WindowText | null }): Look | undefined {
  if (!visit.is_overdue || visit.window === null) return undefined;
  return lateLook(new Date(windowOf(visit.window).to));
}
