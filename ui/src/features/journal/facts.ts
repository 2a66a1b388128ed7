/** What the side panel says of a record: a title, facts in a column, what is linked. */
import { customerPath, link, objectPath } from '$lib/app/paths';
import type {
  CardPage,
  ComplaintLine,
  ComplaintPage,
  CustomerPage,
  DocumentId,
  EquipmentPage,
  Linked,
  RecordHead,
  VisitLine,
  VisitPage,
  WorkLine,
} from '$lib/bindings';
import { cardLook, complaintLook, type Look, visitLook } from '$lib/components/look';
import { duration, hours } from '$lib/format/duration';
import { fullDate, type LocalDate, moment, windowOf, windowOnDay } from '$lib/format/date';
import { channelText, priorityText, serviceTypeText, statusText } from '$lib/records/choices';
import { complaintKindText, severityText } from '$lib/records/complaints';
import { type Fact, fact, linkedFact, linksTo } from '$lib/records/desk/figures';
import type { JournalKind } from '$lib/records/journals';
import { repeats } from '$lib/records/repeats';
import { addressText, named, objectText } from '$lib/visits/naming';
import { m } from '$lib/words';
import { lateLookOf } from '$lib/visits/late';

export interface Told {
  head: RecordHead;
  title: string;
  titleHref?: string;
  about?: string;
  aboutHref?: string;
  look?: Look;
  facts: Fact[];
  /** Words people wrote: instructions, findings, what is wrong. */
  words: { label: string; text: string }[];
  works: readonly WorkLine[];
  percent?: number;
  visits: readonly VisitLine[];
  complaints: readonly ComplaintLine[];
  /** Whose they are: the record that all of them name, and how a row of theirs names it. */
  linked?: { document: DocumentId; name: string; column: string; kinds: readonly JournalKind[] };
}

const none = { words: [], works: [], visits: [], complaints: [] };

const written = (label: string, text: string): { label: string; text: string }[] =>
  text === '' ? [] : [{ label, text }];
const people = (label: string, all: readonly Linked[]): Fact[] =>
  all.length === 0 ? [] : [{ label, text: '', links: linksTo(all) }];

export function visitTold(view: VisitPage, today: LocalDate): Told {
  return {
    ...none,
    head: view.head,
    title: named(view.customer) || m.no_customer(),
    titleHref: view.customer ? link(customerPath(view.customer.document)) : undefined,
    about: objectText(view.equipment),
    aboutHref: view.equipment ? link(objectPath(view.equipment.link.document)) : undefined,
    look: lateLookOf(view) ?? visitLook(view.state),
    facts: [
      ...fact(
        m.field_window(),
        view.window === null ? m.no_time() : windowOnDay(windowOf(view.window), today),
      ),
      { label: m.field_specialists(), text: m.nobody(), links: linksTo(view.specialists) },
      ...linkedFact(m.kind_service_card(), view.card?.link ?? null),
      ...fact(m.address(), view.address && addressText(view.address)),
      ...fact(
        m.contact(),
        [view.contacts[0]?.name, view.contacts[0]?.phones[0] ?? view.customer_phones[0]]
          .filter(Boolean)
          .join(', '),
      ),
      ...fact(m.work_hours(), view.worked_minutes > 0 ? duration(view.worked_minutes) : ''),
    ],
    words: [...written(m.instructions(), view.instructions), ...written(m.findings(), view.findings)],
    works: view.works,
    percent: view.percent / 100,
    complaints: view.complaints,
    linked: view.equipment
      ? {
          document: view.equipment.link.document,
          name: objectText(view.equipment),
          column: 'equipment',
          kinds: ['complaint'],
        }
      : undefined,
  };
}

export function cardTold(view: CardPage): Told {
  return {
    ...none,
    head: view.head,
    title: named(view.customer) || m.no_customer(),
    titleHref: view.customer ? link(customerPath(view.customer.document)) : undefined,
    about: objectText(view.equipment) || (view.subject ?? undefined),
    aboutHref: view.equipment ? link(objectPath(view.equipment.link.document)) : undefined,
    look: cardLook(view.state),
    facts: [
      ...fact(m.field_service_type(), view.service_type && serviceTypeText(view.service_type)),
      ...fact(m.field_periodicity(), view.periodicity && repeats(view.periodicity)),
      ...fact(m.field_priority(), view.priority && priorityText(view.priority)),
      ...linkedFact(m.field_responsible(), view.responsible),
      ...people(m.field_crew(), view.crew),
      ...fact(m.field_region(), named(view.region)),
      ...fact(m.address(), view.address && addressText(view.address)),
      ...fact(m.work_hours(), m.of({ done: hours(view.done_hours), total: hours(view.planned_hours) })),
    ],
    words: written(m.note(), view.notes),
    works: view.works,
    percent: view.percent / 100,
    visits: view.visits,
    complaints: view.complaints,
    linked: {
      document: view.head.document,
      name: view.head.label,
      column: 'card',
      kinds: ['visit', 'complaint'],
    },
  };
}

export function complaintTold(view: ComplaintPage, today: LocalDate): Told {
  return {
    ...none,
    head: view.head,
    title: named(view.customer) || m.no_customer(),
    titleHref: view.customer ? link(customerPath(view.customer.document)) : undefined,
    about: objectText(view.equipment),
    aboutHref: view.equipment ? link(objectPath(view.equipment.link.document)) : undefined,
    look: complaintLook(view.state),
    facts: [
      ...fact(m.complaint_kind(), view.complaint_kind && complaintKindText(view.complaint_kind)),
      ...fact(m.field_severity(), view.severity && severityText(view.severity)),
      ...fact(m.field_received(), view.received_at && moment(view.received_at, today)),
      ...fact(m.field_channel(), view.channel && channelText(view.channel)),
      { label: m.field_responsible(), text: m.nobody(), links: linksTo([view.responsible]) },
      ...linkedFact(m.kind_service_card(), view.card),
      ...linkedFact(m.kind_visit(), view.visit),
      ...fact(m.field_cause(), named(view.cause_code)),
    ],
    words: [
      ...written(m.complaint_description(), view.description),
      ...written(m.complaint_wish(), view.wish),
      ...written(m.field_containment(), view.containment),
    ],
  };
}

export function customerTold(view: CustomerPage): Told {
  const [address, contact] = [view.addresses[0], view.contacts[0]];
  return {
    ...none,
    head: view.head,
    title: view.name ?? m.no_customer(),
    about: view.legal_name ?? undefined,
    facts: [
      ...fact(m.field_registry_code(), view.registry_code),
      ...fact(m.field_phones(), view.phones.join(', ')),
      ...fact(m.field_emails(), view.emails.join(', ')),
      ...fact(m.address(), address && addressText(address)),
      ...fact(m.contact(), contact && [contact.name, contact.phones[0]].filter(Boolean).join(', ')),
      ...fact(m.field_status(), view.status && statusText(view.status)),
      ...linkedFact(m.field_responsible(), view.responsible),
    ],
    words: written(m.note(), view.notes),
    visits: view.visits,
    complaints: view.complaints,
    linked: {
      document: view.head.document,
      name: view.name ?? view.head.label,
      column: 'customer',
      kinds: ['equipment', 'visit', 'complaint'],
    },
  };
}

export function equipmentTold(view: EquipmentPage): Told {
  const { brief } = view;
  return {
    ...none,
    head: view.head,
    title: objectText(brief),
    about: named(view.customer),
    aboutHref: view.customer ? link(customerPath(view.customer.document)) : undefined,
    facts: [
      ...fact(m.field_manufacturer(), brief.manufacturer),
      ...fact(m.field_place(), brief.place),
      ...fact(m.address(), view.address && addressText(view.address)),
      ...fact(m.field_category(), named(view.category)),
      ...fact(m.field_installed(), view.installed && fullDate(view.installed)),
      ...fact(m.field_warranty_until(), brief.warranty_until && fullDate(brief.warranty_until)),
    ],
    words: written(m.note(), view.notes),
    visits: view.visits,
    complaints: view.complaints,
    linked: {
      document: view.head.document,
      name: objectText(brief),
      column: 'equipment',
      kinds: ['visit', 'complaint'],
    },
  };
}
