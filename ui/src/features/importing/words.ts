/** Columns of files, parts of rows and reasons of refusals, in words. */
import type {
  ImportColumn,
  ImportOutcome,
  ImportPartOf,
  ImportReason,
  ImportRefusal,
  Miswritten,
} from '$lib/bindings';
import type { Look } from '$lib/components/look';
import { number } from '$lib/format/number';
import { m } from '$lib/words';

const COLUMNS = {
  name: m.import_column_name,
  legal_name: m.import_column_legal_name,
  registry_code: m.import_column_registry_code,
  vat_number: m.import_column_vat_number,
  iban: m.import_column_iban,
  phone: m.import_column_phone,
  email: m.import_column_email,
  website: m.import_column_website,
  status: m.import_column_status,
  source: m.import_column_source,
  responsible: m.import_column_responsible,
  notes: m.import_column_notes,
  legal_address: m.import_column_legal_address,
  postal_address: m.import_column_postal_address,
  site_address: m.import_column_site_address,
  settlement: m.import_column_settlement,
  postal_code: m.import_column_postal_code,
  region: m.import_column_region,
  site_label: m.import_column_site_label,
  access_notes: m.import_column_access_notes,
  latitude: m.import_column_latitude,
  longitude: m.import_column_longitude,
  contact_name: m.import_column_contact_name,
  contact_surname: m.import_column_contact_surname,
  contact_given_name: m.import_column_contact_given_name,
  contact_patronymic: m.import_column_contact_patronymic,
  contact_vocative: m.import_column_contact_vocative,
  contact_position: m.import_column_contact_position,
  contact_category: m.import_column_contact_category,
  contact_phone: m.import_column_contact_phone,
  contact_email: m.import_column_contact_email,
  contact_birthday: m.import_column_contact_birthday,
  contact_note: m.import_column_contact_note,
  equipment_name: m.import_column_equipment_name,
  equipment_category: m.import_column_equipment_category,
  manufacturer: m.import_column_manufacturer,
  model: m.import_column_model,
  serial: m.import_column_serial,
  qr_tag: m.import_column_qr_tag,
  place: m.import_column_place,
  installed: m.import_column_installed,
  warranty_until: m.import_column_warranty_until,
  equipment_notes: m.import_column_equipment_notes,
  reasons: m.import_column_reasons,
} satisfies Record<ImportColumn, () => string>;

const PARTS = {
  customer: m.kind_customer,
  site: m.import_part_site,
  legal_address: m.import_part_legal_address,
  postal_address: m.import_part_postal_address,
  contact: m.import_part_contact,
  equipment: m.import_part_equipment,
} satisfies Record<ImportPartOf, () => string>;

export const columnText = (column: ImportColumn): string => COLUMNS[column]();
export const partText = (part: ImportPartOf): string => PARTS[part]();

/** Everything a column can hold, as a picker offers it. */
export const columnChoices = (): { value: ImportColumn; label: string }[] =>
  Object.entries(COLUMNS).map(([value, label]) => ({ value: value as ImportColumn, label: label() }));

export function outcomeLook(outcome: ImportOutcome): Look {
  if (outcome === 'made') return { icon: 'plus', tone: 'accent-text', word: m.import_made() };
  if (outcome === 'already_there') return { icon: 'dash', tone: 'text-muted', word: m.import_there() };
  const columns = outcome.completed.map(columnText).join(', ');
  return { icon: 'pen', tone: 'accent-text', word: m.import_completed({ columns }) };
}

/** «ЄДРПОУ: цифр 7, а має бути 8 або 10». */
export function refusalText({ column, reason }: ImportRefusal): string {
  const why = reasonText(reason);
  return column === null ? why : `${columnText(column)}: ${why}`;
}

function reasonText(reason: ImportReason): string {
  switch (reason.why) {
    case 'no_customer':
      return m.import_no_customer();
    case 'miswritten':
      return miswrittenText(reason);
    case 'not_a_date':
      return m.import_not_a_date();
    case 'not_coordinates':
      return m.import_not_coordinates();
    case 'not_a_status':
      return m.import_not_a_status();
    case 'too_long':
      return m.import_too_long({ most: reason.most });
    case 'warranty_before_installation':
      return m.import_warranty_before();
    case 'equipment_unnamed':
      return m.import_unnamed();
    case 'several_customers':
      return m.import_several_customers({ names: reason.candidates.join(', ') });
    case 'phone_of_another':
      return m.import_phone_of_another({ customer: reason.customer });
    case 'serial_of_another':
      return m.import_serial_of_another({ customer: reason.customer });
    case 'no_heading':
      return m.import_no_heading({ text: reason.text });
    case 'open_quote':
      return m.import_open_quote();
    case 'behind_open_quote':
      return m.import_behind_quote({ line: reason.line });
    case 'long_cell':
      return m.import_long_cell({ column: reason.column, most: number(reason.most) });
    case 'failed_formula':
      return m.import_failed_formula({ text: reason.text });
    case 'serial_in_line':
      return m.import_serial_in_line({ line: reason.line });
  }
}

function miswrittenText(wrong: Miswritten): string {
  switch (wrong.reason) {
    case 'wrong_length':
      return m.import_wrong_length({
        found: wrong.found,
        expected: wrong.expected.replace(' or ', ' / '),
      });
    case 'not_digits':
      return m.import_not_digits();
    case 'control_digit':
      return m.import_control_digit();
    case 'not_an_iban':
      return m.import_not_an_iban();
    case 'not_a_phone':
      return m.import_not_a_phone({ text: wrong.text });
    case 'not_an_email':
      return m.import_not_an_email({ text: wrong.text });
  }
}
