/** The forms there are. */
import type { FormView } from '$lib/bindings';
import { canonical } from '$lib/format/date';
import { installedDoubt, windowDoubt } from './doubts';
import { now } from '$lib/app/clock.svelte';
import { COMPLAINT_KINDS, SEVERITIES } from '$lib/records/complaints';
import { m } from '$lib/words';
import { field, type FormKind, type FormSpec, type RowsSpec } from './spec';

const CONSENT = { is: 'choice', choices: ['given', 'refused'] } as const;

const ADDRESSES: RowsSpec = {
  name: 'addresses',
  one: m.address,
  add: m.form_add_address,
  columns: [
    field(
      'address_kind',
      { is: 'choice', choices: ['site', 'legal', 'postal'] },
      { label: m.form_address_kind },
    ),
    field('label', { is: 'line' }, { label: m.form_address_label, hint: m.form_address_label_hint }),
    field('settlement', { is: 'line' }),
    field('street', { is: 'line' }, { width: 'wide' }),
    field('postal_code', { is: 'line' }),
    field('region', { is: 'link', of: { directory: 'region' } }),
    field('coordinates', { is: 'coordinates' }, { hint: m.form_coordinates_hint }),
    field('access_notes', { is: 'line' }, { hint: m.form_access_hint, width: 'wide' }),
  ],
};

const CONTACTS: RowsSpec = {
  name: 'contacts',
  one: m.form_contact,
  add: m.form_add_contact,
  columns: [
    field('surname', { is: 'line' }),
    field('given_name', { is: 'line' }),
    field('patronymic', { is: 'line' }),
    field('vocative', { is: 'line' }, { hint: m.form_vocative_hint }),
    field('position', { is: 'line' }),
    field('recipient_category', { is: 'link', of: { directory: 'recipient_category' } }),
    field('phones', { is: 'lines', type: 'tel' }),
    field('emails', { is: 'lines', type: 'email' }),
    field('birthday', { is: 'date' }),
    field('consent_call', CONSENT),
    field('consent_sms', CONSENT),
    field('consent_email', CONSENT),
    field('consent_post', CONSENT),
    field('note', { is: 'line' }, { width: 'wide' }),
  ],
};

const CLASSES: RowsSpec = {
  name: 'classification',
  one: m.form_class,
  add: m.form_add_class,
  columns: [
    field('classifier', { is: 'link', of: { directory: 'classifier' } }),
    field('class', { is: 'link', of: { directory: 'class' } }),
  ],
};

const WORKS: RowsSpec = {
  name: 'planned_works',
  one: m.form_work,
  add: m.form_add_work,
  width: 'narrow',
  columns: [
    field('work_kind', { is: 'link', of: { directory: 'work_kind' } }, { width: 'wide' }),
    field('volume', { is: 'decimal' }),
    field('unit', { is: 'link', of: { directory: 'unit' } }),
    field('hours', { is: 'decimal' }),
    field('weight', { is: 'decimal' }, { hint: m.form_weight_hint }),
  ],
};

const METERS: RowsSpec = {
  name: 'meters',
  one: m.form_meter,
  add: m.form_add_meter,
  columns: [
    field('name', { is: 'line' }, { label: m.form_meter_name }),
    field('unit', { is: 'link', of: { directory: 'unit' } }),
  ],
};

const ACTIONS: RowsSpec = {
  name: 'actions',
  one: m.form_action,
  add: m.form_add_action,
  write: m.complaint_write_action,
  columns: [
    field('text', { is: 'line' }, { label: m.complaint_action_what, width: 'wide' }),
    field('action_kind', { is: 'choice', choices: ['corrective', 'preventive'] }, { label: m.action_kind }),
    field('who', { is: 'link', of: 'employees' }, { label: m.action_who }),
    field('due', { is: 'date' }, { label: m.action_due }),
    field('done', { is: 'date' }, { label: m.action_done_on }),
  ],
};

const RETURNS: RowsSpec = {
  name: 'returns',
  one: m.form_return,
  add: m.form_add_return,
  write: m.complaint_write_return,
  columns: [
    field('item', { is: 'line' }, { label: m.return_item, width: 'wide' }),
    field('serial', { is: 'line' }),
    field('quantity', { is: 'decimal' }, { label: m.part_quantity }),
    field('reason', { is: 'line' }, { label: m.reason, width: 'wide' }),
    field(
      'decision',
      { is: 'choice', choices: ['repair', 'replace', 'refund', 'reject'] },
      { label: m.return_decision },
    ),
    field('received', { is: 'date' }, { label: m.return_received }),
    field('sent', { is: 'date' }, { label: m.return_sent }),
  ],
};

const CHANNEL = {
  is: 'choice',
  choices: ['phone', 'email', 'message', 'website', 'letter', 'on_site', 'in_office'],
} as const;

const MESSAGES: RowsSpec = {
  name: 'messages',
  one: m.message,
  add: m.form_add_message,
  write: m.complaint_write_message,
  columns: [
    field(
      'message_kind',
      { is: 'choice', choices: ['acknowledgement', 'progress', 'closing_reply'] },
      { label: m.message_kind },
    ),
    field('channel', CHANNEL),
    field('text', { is: 'text' }, { label: m.message_text, width: 'wide' }),
  ],
};

const customer = field('customer', { is: 'link', of: 'customers', makes: 'customer' });
const equipment = field('equipment', { is: 'link', of: 'equipment', within: 'customer', makes: 'equipment' });
const site = field('site', { is: 'customer_row', of: 'addresses' });
const card = field('card', { is: 'link', of: 'cards', within: 'customer' });
const notes = field('notes', { is: 'text' }, { width: 'wide' });

/** A technician makes visits of their own; who plans for others begins with nobody. */
function visitBegins(_: FormView, me: string, atADesk: boolean): Record<string, unknown> {
  return atADesk ? {} : { specialists: [me] };
}

function complaintBegins({ values }: FormView): Record<string, unknown> {
  return { received_at: canonical(now()), ...(values.visit !== undefined && { channel: 'on_site' }) };
}

export const FORMS = {
  customer: {
    kind: 'customer',
    edit: m.form_edit_customer,
    saved: m.form_saved_customer,
    needs: [['name', 'legal_name']],
    brief: ['name', 'registry_code', 'phones', 'emails'],
    groups: [
      {
        title: m.form_group_names,
        icon: 'office',
        fields: [
          field('name', { is: 'line' }, { width: 'wide' }),
          field('legal_name', { is: 'line' }, { width: 'wide' }),
          field('registry_code', { is: 'line' }, { hint: m.form_registry_hint }),
          field('vat_number', { is: 'line' }),
          field('iban', { is: 'line' }, { width: 'wide' }),
        ],
      },
      {
        title: m.form_group_reach,
        icon: 'phone',
        fields: [
          field('phones', { is: 'lines', type: 'tel' }),
          field('emails', { is: 'lines', type: 'email' }),
          field('website', { is: 'line' }, { width: 'wide' }),
        ],
      },
      {
        title: m.form_group_relation,
        icon: 'user',
        fields: [
          field('status', { is: 'choice', choices: ['prospect', 'customer', 'former'] }),
          field('responsible', { is: 'link', of: 'employees' }),
          field('source', { is: 'link', of: { directory: 'source' } }),
          field('referred_by', { is: 'link', of: 'customers' }),
          notes,
        ],
      },
      { title: m.form_group_addresses, icon: 'pin', fields: [], rows: ADDRESSES },
      { title: m.form_group_contacts, icon: 'users', fields: [], rows: CONTACTS },
      { title: m.form_group_classes, icon: 'group', fields: [], rows: CLASSES },
    ],
  },
  equipment: {
    kind: 'equipment',
    edit: m.form_edit_equipment,
    saved: m.form_saved_equipment,
    needs: [['name', 'model', 'manufacturer', 'serial', 'qr_tag', 'category']],
    brief: ['name', 'manufacturer', 'model', 'serial', 'place'],
    groups: [
      {
        title: m.form_group_what,
        icon: 'gauge',
        fields: [
          field('name', { is: 'line' }, { width: 'wide' }),
          field('category', { is: 'link', of: { directory: 'equipment_category' } }),
          field('manufacturer', { is: 'line' }),
          field('model', { is: 'line' }),
          field('serial', { is: 'line' }),
          field('qr_tag', { is: 'line' }),
        ],
      },
      {
        title: m.form_group_where,
        icon: 'pin',
        fields: [
          customer,
          site,
          field('place', { is: 'line' }, { hint: m.form_place_hint }),
          field('parent', { is: 'link', of: 'equipment', within: 'customer' }, { label: m.form_parent }),
        ],
      },
      {
        title: m.form_group_terms,
        icon: 'calendar',
        fields: [
          field('installed', { is: 'date' }, { doubts: installedDoubt }),
          field('warranty_until', { is: 'date' }),
          notes,
        ],
      },
      { title: m.form_group_meters, icon: 'gauge', fields: [], rows: METERS },
    ],
  },
  service_card: {
    kind: 'service_card',
    edit: m.form_edit_card,
    saved: m.form_saved_card,
    needs: [['customer', 'equipment', 'subject']],
    brief: [],
    groups: [
      {
        title: m.form_group_for_whom,
        icon: 'office',
        fields: [
          customer,
          equipment,
          field('subject', { is: 'line' }, { hint: m.form_subject_hint, width: 'wide' }),
          field('service_type', {
            is: 'choice',
            choices: ['warranty', 'post_warranty', 'contract', 'one_off', 'commissioning'],
          }),
          field('priority', { is: 'choice', choices: ['low', 'normal', 'high', 'urgent'] }),
        ],
      },
      {
        title: m.form_group_who,
        icon: 'users',
        fields: [
          field('responsible', { is: 'link', of: 'employees' }),
          field('region', { is: 'link', of: { directory: 'region' } }),
          field('crew', { is: 'links', of: 'employees' }, { width: 'wide' }),
          field('skills', { is: 'links', of: { directory: 'skill' } }, { width: 'wide' }),
        ],
      },
      {
        title: m.field_periodicity,
        icon: 'repeat',
        fields: [field('periodicity', { is: 'repeats' }, { width: 'wide' })],
      },
      {
        title: m.form_group_rules,
        icon: 'checklist',
        fields: [
          field('checklist', { is: 'link', of: 'checklists' }, { label: m.checklist }),
          field('signature_required', { is: 'yes_no' }),
          field('warranty_terms', { is: 'text' }, { width: 'wide' }),
          notes,
        ],
      },
      { title: m.field_planned_works, icon: 'wrench', fields: [], rows: WORKS },
    ],
  },
  visit: {
    kind: 'visit',
    edit: m.form_edit_visit,
    saved: m.form_saved_visit,
    needs: [['card', 'customer', 'equipment']],
    brief: [],
    begins: visitBegins,
    groups: [
      { title: m.form_group_for_whom, icon: 'office', fields: [card, customer, equipment, site] },
      {
        title: m.form_group_when,
        icon: 'calendar',
        fields: [
          field('window', { is: 'window' }, { width: 'wide', doubts: windowDoubt }),
          field('specialists', { is: 'links', of: 'employees' }, { width: 'wide' }),
          field('duration_minutes', { is: 'minutes' }),
          field('pinned', { is: 'yes_no' }, { hint: m.form_pinned_hint }),
        ],
      },
      {
        title: m.form_group_task,
        icon: 'note',
        fields: [field('instructions', { is: 'text' }, { width: 'wide' })],
      },
      { title: m.field_planned_works, icon: 'wrench', fields: [], rows: WORKS },
    ],
  },
  complaint: {
    kind: 'complaint',
    edit: m.form_edit_complaint,
    saved: m.form_saved_complaint,
    made: m.done_complaint_filed,
    needs: [['complaint_kind'], ['severity'], ['description']],
    brief: [],
    begins: complaintBegins,
    alike: m.complaint_similar,
    groups: [
      {
        title: m.form_group_trouble,
        icon: 'horn',
        fields: [
          field(
            'complaint_kind',
            { is: 'choice', choices: COMPLAINT_KINDS, look: 'buttons' },
            { label: m.complaint_kind, lacks: m.complaint_kind_missing, width: 'wide' },
          ),
          field(
            'severity',
            { is: 'choice', choices: SEVERITIES, look: 'buttons' },
            { label: m.complaint_severity, lacks: m.complaint_severity_missing, width: 'wide' },
          ),
          field(
            'description',
            { is: 'text' },
            { hint: m.complaint_hint, lacks: m.complaint_description_missing, width: 'wide' },
          ),
          field('wish', { is: 'text' }, { width: 'wide' }),
        ],
      },
      {
        title: m.complaint_about,
        icon: 'gauge',
        fields: [
          customer,
          equipment,
          card,
          field('contact', { is: 'customer_row', of: 'contacts' }),
          field('contact_note', { is: 'line' }),
          field('serial', { is: 'line' }),
          field('batch', { is: 'line' }),
        ],
      },
      {
        title: m.form_group_received,
        icon: 'inbox',
        fields: [
          field('received_at', { is: 'moment' }),
          field('channel', CHANNEL),
          field('responsible', { is: 'link', of: 'employees' }),
          field('team', { is: 'link', of: 'teams' }),
          field('members', { is: 'links', of: 'employees' }, { width: 'wide' }),
        ],
      },
      {
        title: m.form_group_cause,
        icon: 'search',
        fields: [
          field('containment', { is: 'text' }, { width: 'wide' }),
          field('cause_code', { is: 'link', of: { directory: 'cause' } }, { width: 'wide' }),
          field('cause', { is: 'text' }, { label: m.form_cause_words, width: 'wide' }),
          field('compensation', { is: 'money' }),
          field('compensation_note', { is: 'line' }),
        ],
      },
      { title: m.complaint_actions, icon: 'wrench', fields: [], rows: ACTIONS, when: 'there' },
      { title: m.complaint_returns, icon: 'undo', fields: [], rows: RETURNS, when: 'there' },
      { title: m.messages, icon: 'mail', fields: [], rows: MESSAGES, when: 'there' },
    ],
  },
} satisfies Record<FormKind, FormSpec>;
