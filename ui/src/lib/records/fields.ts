/** Fields and values in words, for whoever reads what was written rather than the page it was written on. */
import type { FieldPath, Kind, Linked, Scalar } from '$lib/bindings';
import { moment, windowOf, windowOnDay } from '$lib/format/date';
import { number } from '$lib/format/number';
import type { IconName } from '$lib/icons/names';
import { named } from '$lib/visits/naming';
import { m } from '$lib/words';

const FIELDS: Record<string, () => string> = {
  window: m.field_window,
  duration_minutes: m.field_duration,
  specialists: m.field_specialists,
  instructions: m.instructions,
  customer: m.kind_customer,
  equipment: m.object,
  card: m.kind_service_card,
  site: m.address,
  findings: m.findings,
  recommendations: m.field_recommendations,
  events: m.steps,
  works: m.works,
  planned_works: m.field_planned_works,
  parts: m.parts,
  photos: m.photos,
  checklist_answers: m.checklist,
  subject: m.field_subject,
  description: m.complaint_description,
  severity: m.complaint_severity,
  complaint_kind: m.complaint_kind,
  name: m.field_name,
  priority: m.field_priority,
  responsible: m.field_responsible,
};

/** «Вікно»; the field's own name where there is no word for it. */
export function fieldText(path: FieldPath): string {
  return FIELDS[path.field]?.() ?? path.field;
}

const WINDOW = /^\d{4}-\d\d-\d\dT[^/]+\/\d{4}-/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** A value as it is read; records by the names that came with it. */
export function valueText(value: Scalar, links: readonly Linked[], today: string): string {
  if (links.length > 0) return links.map(named).join(', ');
  if (value === null || value === '') return m.field_empty();
  if (typeof value === 'boolean') return value ? m.yes() : m.no();
  if (typeof value === 'number') return number(value);
  if (WINDOW.test(value)) return windowOnDay(windowOf(value));
  return INSTANT.test(value) ? moment(value, today) : value;
}

const KINDS = {
  visit: ['van', m.kind_visit],
  service_card: ['doc', m.kind_service_card],
  complaint: ['horn', m.kind_complaint],
  customer: ['office', m.kind_customer],
  equipment: ['gauge', m.object],
  employee: ['user', m.kind_employee],
  team: ['users', m.kind_team],
  role: ['group', m.kind_role],
  checklist: ['checklist', m.checklist],
  directory_entry: ['list', m.kind_directory_entry],
  company: ['globe', m.kind_company],
} as const satisfies Record<Kind, readonly [IconName, () => string]>;

export function kindText(kind: Kind): string {
  return KINDS[kind][1]();
}

export function kindIcon(kind: Kind): IconName {
  return KINDS[kind][0];
}
