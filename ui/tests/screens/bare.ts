/** Records of which little more than the name is known. */
import type { ComplaintPage, CustomerPage, EquipmentPage } from '../../src/lib/bindings';

export const bareObject = (object: EquipmentPage): EquipmentPage => ({
  ...object,
  brief: {
    ...object.brief,
    manufacturer: null,
    model: null,
    serial: null,
    place: null,
    warranty_until: null,
    in_warranty: null,
  },
  ...{
    category: null,
    qr_tag: null,
    customer: null,
    address: null,
    installed: null,
    parent: null,
    notes: '',
  },
  ...{ children: [], meters: [], photos: [], cards: [], visits: [], complaints: [] },
});

export const bareCustomer = (customer: CustomerPage): CustomerPage => ({
  ...customer,
  ...{ legal_name: null, registry_code: null, vat_number: null, iban: null, website: null, status: null },
  ...{ responsible: null, source: null, referred_by: null, notes: '', visits_done: 0, open_complaints: 0 },
  ...{ phones: [], emails: [], addresses: [], contacts: [], classification: [] },
  ...{ equipment: [], cards: [], visits: [], complaints: [] },
});

export const bareComplaint = (complaint: ComplaintPage): ComplaintPage => ({
  ...complaint,
  state: 'registered',
  steps: ['accepted', 'rejected'],
  missing: [],
  ...{ received_at: null, channel: null, customer: null, contact: null, contact_note: null },
  ...{ complaint_kind: null, severity: null, equipment: null, warranty: null, serial: null, batch: null },
  ...{ card: null, visit: null, description: '', wish: '', responsible: null, team: null, mark: null },
  ...{ containment: '', cause_code: null, cause: '', compensation: null, compensation_note: null },
  ...{ photos: [], members: [], actions: [], returns: [], messages: [], events: [] },
});
