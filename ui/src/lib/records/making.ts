/** What a new record of a kind is called: «Нова картка». */
import { m } from '$lib/words';
import type { JournalKind } from './journals';

const NEW = {
  customer: m.form_new_customer,
  equipment: m.form_new_equipment,
  service_card: m.form_new_card,
  visit: m.form_new_visit,
  complaint: m.form_new_complaint,
} satisfies Record<JournalKind, () => string>;

export const newText = (kind: JournalKind): string => NEW[kind]();
export const MADE = Object.keys(NEW) as readonly JournalKind[];
