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
  visit: m.kind_visit,
  batch: m.field_batch,
  wish: m.complaint_wish,
  containment: m.field_containment,
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
  severity: m.field_severity,
  complaint_kind: m.field_complaint_kind,
  name: m.field_name,
  priority: m.field_priority,
  responsible: m.field_responsible,
  label: m.field_number,
  number: m.field_number,
  title: m.field_about,
  state: m.field_state,
  window_start: m.field_window,
  overdue_from: m.field_overdue,
  conflicts: m.state_needs_decision,
  percent: m.field_percent,
  periodicity: m.field_periodicity,
  pinned: m.field_pinned,
  outcome: m.field_outcome,
  author: m.field_author,
  service_type: m.field_service_type,
  region: m.field_region,
  crew: m.field_crew,
  skills: m.field_skills,
  signature_required: m.field_signature,
  visits_planned: m.field_visits_planned,
  visits_completed: m.field_visits_completed,
  visits_done: m.field_visits_completed,
  next_visit_start: m.field_next_visit,
  last_visit_start: m.field_last_visit,
  received_at: m.field_received,
  channel: m.field_channel,
  serial: m.part_serial,
  team: m.kind_team,
  members: m.field_members,
  cause_code: m.field_cause,
  next_action_due: m.field_next_action,
  legal_name: m.field_legal_name,
  registry_code: m.field_registry_code,
  vat_number: m.field_vat_number,
  iban: m.field_iban,
  phones: m.field_phones,
  emails: m.field_emails,
  website: m.field_website,
  status: m.field_status,
  source: m.field_source,
  referred_by: m.field_referred_by,
  open_complaints: m.field_open_complaints,
  manufacturer: m.field_manufacturer,
  model: m.field_model,
  place: m.field_place,
  installed: m.field_installed,
  warranty_until: m.field_warranty_until,
  category: m.field_category,
  qr_tag: m.field_qr_tag,
  notes: m.note,
  addresses: m.addresses,
  contacts: m.contacts,
  meters: m.field_meters,
  actions: m.complaint_actions,
  messages: m.messages,
  returns: m.complaint_returns,
  note: m.note,
  checklist: m.checklist,
  warranty_terms: m.field_warranty_terms,
  parent: m.form_parent,
  contact: m.field_contact,
  contact_note: m.field_contact_note,
  cause: m.form_cause_words,
  compensation: m.field_compensation,
  compensation_note: m.field_compensation_note,
  surname: m.field_surname,
  given_name: m.field_given_name,
  patronymic: m.field_patronymic,
  vocative: m.field_vocative,
  position: m.field_position,
  recipient_category: m.field_recipient_category,
  birthday: m.field_birthday,
  consent_call: m.field_consent_call,
  consent_sms: m.field_consent_sms,
  consent_email: m.field_consent_email,
  consent_post: m.field_consent_post,
  postal_code: m.field_postal_code,
  settlement: m.field_settlement,
  street: m.field_street,
  coordinates: m.field_coordinates,
  access_notes: m.field_access_notes,
  classifier: m.field_classifier,
  class: m.field_class,
  work_kind: m.field_work_kind,
  unit: m.field_unit,
  volume: m.field_volume,
  hours: m.field_hours,
  weight: m.field_weight,
  vat_percent: m.field_vat_percent,
  manager: m.field_manager,
  regions: m.field_regions,
  left: m.field_left,
  name_en: m.field_name_en,
  name_ru: m.field_name_ru,
  code: m.field_code,
  hours_per_unit: m.field_hours_per_unit,
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
