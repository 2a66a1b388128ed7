/** The choices of fields in words: «Гарантійне», «Термінова», «Телефон». */
import type {
  AddressKind,
  CardState,
  Channel,
  ComplaintState,
  CustomerStatus,
  Kind,
  Outcome,
  PartDirection,
  Priority,
  ServiceType,
  VisitState,
} from '$lib/bindings';
import { cardLook, complaintLook, type Look, visitLook } from '$lib/components/look';
import { m } from '$lib/words';
import { actText } from './acts';
import {
  actionKindText,
  complaintKindText,
  messageKindText,
  returnDecisionText,
  severityText,
} from './complaints';

const SERVICE_TYPE = {
  warranty: m.service_warranty,
  post_warranty: m.service_post_warranty,
  contract: m.service_contract,
  one_off: m.service_one_off,
  commissioning: m.service_commissioning,
} satisfies Record<ServiceType, () => string>;

const PRIORITY = {
  low: m.priority_low,
  normal: m.priority_normal,
  high: m.priority_high,
  urgent: m.priority_urgent,
} satisfies Record<Priority, () => string>;

const CHANNEL = {
  phone: m.channel_phone,
  email: m.channel_email,
  message: m.channel_message,
  website: m.channel_website,
  letter: m.channel_letter,
  on_site: m.channel_on_site,
  in_office: m.channel_in_office,
} satisfies Record<Channel, () => string>;

const OUTCOME = {
  completed: m.visit_completed,
  completed_partly: m.visit_completed_partly,
  cannot_complete: m.visit_cannot_complete,
} satisfies Record<Outcome, () => string>;

const STATUS = {
  prospect: m.status_prospect,
  customer: m.status_customer,
  former: m.status_former,
} satisfies Record<CustomerStatus, () => string>;

const DIRECTION = { used: m.part_used, returned: m.part_returned } satisfies Record<
  PartDirection,
  () => string
>;

const ADDRESS_KIND = {
  legal: m.address_legal,
  postal: m.address_postal,
  site: m.address_site,
} satisfies Record<AddressKind, () => string>;

export const addressKindText = (kind: AddressKind): string => ADDRESS_KIND[kind]();
const consentText = (consent: 'given' | 'refused'): string =>
  consent === 'given' ? m.consent_given() : m.consent_refused();

export const directionText = (direction: PartDirection): string => DIRECTION[direction]();
export const serviceTypeText = (type: ServiceType): string => SERVICE_TYPE[type]();
export const priorityText = (priority: Priority): string => PRIORITY[priority]();
export const channelText = (channel: Channel): string => CHANNEL[channel]();
export const statusText = (status: CustomerStatus): string => STATUS[status]();

/** How a state of a kind of record looks; only kinds with states are asked. */
export function stateLook(kind: Kind, state: string): Look | undefined {
  // The device names only states of the kind.
  if (kind === 'visit') return visitLook(state as VisitState);
  if (kind === 'service_card') return cardLook(state as CardState);
  if (kind === 'complaint') return complaintLook(state as ComplaintState);
  return undefined;
}

/** The words by column; the names come from the device, which knows no others. */
const WORDS: Record<string, (name: never) => string> = {
  service_type: serviceTypeText,
  priority: priorityText,
  severity: severityText,
  complaint_kind: complaintKindText,
  channel: channelText,
  outcome: (outcome: Outcome) => OUTCOME[outcome](),
  status: statusText,
  address_kind: addressKindText,
  message_kind: messageKindText,
  action_kind: actionKindText,
  decision: returnDecisionText,
  direction: directionText,
  consent_call: consentText,
  consent_sms: consentText,
  consent_email: consentText,
  consent_post: consentText,
};

/** A choice as it is read; the device's own name for one that has no words here. */
export function choiceText(kind: Kind, column: string, name: string): string {
  if (column === 'state') return stateLook(kind, name)?.word ?? name;
  if (column === 'what') return actText(kind, name);
  return WORDS[column]?.(name as never) ?? name;
}
