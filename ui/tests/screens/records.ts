/** The screens of one record: each record in every state, on a technician's device and on a dispatcher's. */
import type { Place } from '../../src/routes/places';
import type { JournalTotal } from '../../src/lib/bindings';
import { bareComplaint, bareCustomer, bareObject } from './bare';
import { longTimeline, manyOfComplaint, manyOfCustomer, manyOfObject, manyOnCard, manyOnVisit } from './many';
import { type Company, field, office, type Screen, type Screens, type State } from './screen';
import {
  changed,
  DECIDES,
  disputed,
  merged,
  notAccepted,
  NOWHERE,
  readOnly,
  refusedWork,
  sending,
  withdrawn,
} from './states';
import { all, button, chosen, done, keys, past, record, refusedCard, visitOfDay } from './ways';

/** The places that show one record, which is written by many. */
export type RecordPlace = Extract<Place['at'], 'visit' | 'card' | 'object' | 'customer' | 'complaint'>;

/** The record of a technician's device and that of a dispatcher's, and whether whoever looks decides a conflict there. */
const both = (
  kind: 'object' | 'customer' | 'complaint',
  fieldAt: Screen['path'],
  company: Company,
  officeAt: Screen['path'],
) => [
  {
    name: kind,
    at: (name: string, state: State): Screen => field(name, state, company, fieldAt),
    decides: DECIDES.others,
  },
  {
    name: `${kind}-office`,
    at: (name: string, state: State): Screen => office(name, state, 'demo', officeAt),
    decides: DECIDES.dispatcher,
  },
];
const BOTH = {
  object: both('object', record('equipment', 'гвинтовий'), 'noon', record('equipment')),
  customer: both('customer', record('customer', 'Молокозавод'), 'noon', record('customer')),
  complaint: both('complaint', record('complaint'), 'demo', record('complaint')),
};
const none = (): JournalTotal => ({ count: 0 });

/** The screens of each of them. */
export const RECORDS: Record<RecordPlace, Screens> = {
  visit: [
    field('visit', 'offline', 'noon', visitOfDay(2)),
    field('visit-before', 'usual', 'morning', visitOfDay(2)),
    field('visit-over', 'usual', 'morning', visitOfDay(1)),
    field('visit-conflict', 'conflict', 'trouble', visitOfDay(2)),
    field('visit-missing', 'empty', 'noon', `/visits/${NOWHERE}`),
    field('visit-work', 'open sheet', 'noon', visitOfDay(2), button('Записати')),
    field('visit-part', 'open sheet', 'noon', visitOfDay(2), button('Деталь')),
    field('visit-pause', 'open sheet', 'noon', visitOfDay(2), button('Пауза')),
    field('visit-finish', 'open sheet', 'noon', visitOfDay(2), button('Завершити виїзд')),
    field('visit-photo', 'open sheet', 'noon', visitOfDay(2), button(/Загальний вигляд/)),
    changed(field('visit-paused', 'usual', 'noon', visitOfDay(2)), {
      visit_page: (visit) => ({
        ...visit,
        state: 'on_hold',
        running_since: null,
        primary: { act: 'resumed', needs_reason: false, refusal: null },
        others: visit.others.filter(({ act }) => act !== 'paused'),
        steps: visit.steps.map((step) => ({ ...step, reason: 'Чекаю на підшипник зі складу' })),
      }),
    }),
    changed(field('visit-withdrawn', 'usual', 'noon', visitOfDay(2)), {
      visit_page: (visit) => ({ ...visit, head: withdrawn(visit.head) }),
    }),
    changed(field('visit-refused', 'not accepted', 'trouble', visitOfDay(3)), {
      visit_page: (visit) => ({ ...visit, head: { ...visit.head, standing: 'not_accepted' } }),
      not_accepted: (all, document) => all.map((one) => ({ ...one, link: { ...one.link, document } })),
    }),
    changed(field('visit-no-right', 'no right', 'noon', visitOfDay(2)), {
      visit_page: (visit) => ({
        ...visit,
        head: readOnly(visit.head, ['technician']),
        primary: null,
        others: [],
      }),
    }),
    changed(field('visit-many', 'many', 'noon', visitOfDay(2)), { visit_page: manyOnVisit }),
    field('visit-decline', 'open sheet', 'morning', visitOfDay(3), chosen('Інші дії', 'Відхилити')),
    field('visit-more', 'open sheet', 'noon', visitOfDay(2), button('Інші дії')),
    field('visit-answers', 'usual', 'noon', visitOfDay(2), button('Відповіді')),
    office('visit-office', 'usual', 'demo', record('visit')),
    office('visit-office-conflict', 'conflict', 'trouble', record('visit', 'Молокозавод')),
    changed(office('visit-office-refused', 'not accepted', 'noon', record('visit', 'Молокозавод')), {
      visit_page: (visit) => ({ ...visit, head: notAccepted(visit.head) }),
      not_accepted: (_, document) => refusedWork('visit', document),
    }),
    office('visit-office-past', 'usual', 'trouble', record('visit', 'Молокозавод'), past),
    changed(office('visit-office-many', 'many', 'demo', record('visit')), { visit_page: manyOnVisit }),
    changed(office('visit-office-no-right', 'no right', 'demo', record('visit')), {
      visit_page: (visit) => ({
        ...visit,
        head: readOnly(visit.head, ['technician']),
        others: [],
        primary: null,
      }),
    }),
    office('visit-office-missing', 'empty', 'demo', `/visits/${NOWHERE}`),
    changed(office('visit-office-sending', 'online', 'demo', record('visit')), {
      sync_status: sending,
      visit_page: (visit) => ({ ...visit, head: { ...visit.head, standing: 'sending' } }),
    }),
    changed(field('visit-sending', 'online', 'noon', visitOfDay(2)), {
      sync_status: sending,
      visit_page: (visit) => ({ ...visit, head: { ...visit.head, standing: 'sending' } }),
    }),
    field(
      'visit-toast',
      'open sheet',
      'noon',
      visitOfDay(2),
      done(
        'take_visit_step',
        all(button('Пауза'), button('Обід'), (page) =>
          page.getByRole('dialog').getByRole('button', { name: 'Пауза' }).click(),
        ),
      ),
    ),
  ],
  card: [
    office('card', 'usual', 'demo', record('service_card')),
    office('card-plan', 'few', 'noon', record('service_card', 'Молокозавод')),
    office('card-past', 'usual', 'noon', record('service_card', 'Молокозавод'), past),
    changed(office('card-conflict', 'conflict', 'demo', record('service_card')), {
      card_page: (card) => ({
        ...card,
        priority: 'urgent',
        head: disputed(card.head, 'priority', ['high', 'urgent'], DECIDES.dispatcher),
      }),
    }),
    changed(office('card-no-right', 'no right', 'demo', record('service_card')), {
      card_page: (card) => ({ ...card, head: readOnly(card.head, ['office']), steps: [] }),
    }),
    changed(office('card-many', 'many', 'demo', record('service_card')), {
      card_page: manyOnCard,
      timeline: longTimeline,
      card_history: (told) => ({ ...told, entries: longTimeline(told.entries), more: true }),
    }),
    office('card-missing', 'empty', 'demo', `/cards/${NOWHERE}`),
    changed(office('card-office-refused', 'not accepted', 'demo', record('service_card')), {
      card_page: (card) => ({ ...card, head: notAccepted(card.head) }),
      not_accepted: (_, document) => refusedWork('service_card', document),
    }),
    field('card-technician-missing', 'empty', 'noon', `/cards/${NOWHERE}`),
    changed(field('card-technician-no-right', 'no right', 'noon', record('service_card', 'Молокозавод')), {
      card_page: (card) => ({ ...card, head: readOnly(card.head, ['office']), steps: [] }),
    }),
    field('card-technician', 'usual', 'noon', record('service_card', 'Молокозавод')),
    field('card-refused', 'not accepted', 'trouble', refusedCard),
    changed(field('card-technician-conflict', 'conflict', 'noon', record('service_card', 'Молокозавод')), {
      card_page: (card) => ({
        ...card,
        priority: 'urgent',
        head: disputed(card.head, 'priority', ['high', 'urgent'], DECIDES.others),
      }),
    }),
    changed(field('card-technician-many', 'many', 'noon', record('service_card', 'Молокозавод')), {
      card_page: manyOnCard,
    }),
  ],
  object: [
    office('object-office', 'usual', 'demo', record('equipment')),
    field('object', 'usual', 'noon', record('equipment', 'гвинтовий')),
    changed(field('object-many', 'many', 'noon', record('equipment', 'гвинтовий')), {
      equipment_page: manyOfObject,
      journal_total: () => ({ count: 143 }),
    }),
    changed(office('object-office-many', 'many', 'demo', record('equipment')), {
      equipment_page: manyOfObject,
      journal_total: () => ({ count: 143 }),
    }),
    changed(field('object-bare', 'empty', 'noon', record('equipment', 'гвинтовий')), {
      equipment_page: bareObject,
      journal_total: none,
    }),
    changed(office('object-office-bare', 'empty', 'demo', record('equipment')), {
      equipment_page: bareObject,
      journal_total: none,
    }),
    ...BOTH.object.flatMap(({ at, name, decides }) => [
      changed(at(`${name}-conflict`, 'conflict'), {
        equipment_page: (object) => ({
          ...object,
          brief: { ...object.brief, serial: 'SN-7731' },
          head: disputed(object.head, 'serial', ['SN-7713', 'SN-7731'], decides),
        }),
      }),
      changed(at(`${name}-refused`, 'not accepted'), {
        equipment_page: (object) => ({ ...object, head: notAccepted(object.head) }),
        not_accepted: (_, document) => refusedWork('equipment', document),
      }),
      changed(at(`${name}-no-right`, 'no right'), {
        equipment_page: (object) => ({ ...object, head: readOnly(object.head, ['office']) }),
      }),
    ]),
  ],
  customer: [
    office('customer-office', 'usual', 'demo', record('customer')),
    office(
      'customer-withdraw',
      'open sheet',
      'demo',
      record('customer'),
      chosen('Інші дії', 'Відкликати запис'),
    ),
    office(
      'customer-merge',
      'open sheet',
      'demo',
      record('customer'),
      all(chosen('Інші дії', 'Об’єднати з іншим записом'), keys('ArrowDown', 'ArrowDown', 'Enter')),
    ),
    changed(office('customer-merged', 'usual', 'demo', record('customer')), {
      customer_page: (customer) => ({ ...customer, head: merged(customer.head) }),
    }),
    field('customer', 'usual', 'noon', record('customer', 'Молокозавод')),
    changed(office('customer-office-many', 'many', 'demo', record('customer')), {
      customer_page: manyOfCustomer,
      journal_total: () => ({ count: 1240 }),
    }),
    changed(field('customer-many', 'many', 'noon', record('customer', 'Молокозавод')), {
      customer_page: manyOfCustomer,
      journal_total: () => ({ count: 1240 }),
    }),
    changed(field('customer-bare', 'empty', 'noon', record('customer', 'Молокозавод')), {
      customer_page: bareCustomer,
      journal_total: none,
    }),
    changed(office('customer-office-bare', 'empty', 'demo', record('customer')), {
      customer_page: bareCustomer,
      journal_total: none,
    }),
    ...BOTH.customer.flatMap(({ at, name, decides }) => [
      changed(at(`${name}-conflict`, 'conflict'), {
        customer_page: (customer) => ({
          ...customer,
          status: 'former',
          head: disputed(customer.head, 'status', ['customer', 'former'], decides),
        }),
      }),
      changed(at(`${name}-refused`, 'not accepted'), {
        customer_page: (customer) => ({ ...customer, head: notAccepted(customer.head) }),
        not_accepted: (_, document) => refusedWork('customer', document),
      }),
      changed(at(`${name}-no-right`, 'no right'), {
        customer_page: (customer) => ({ ...customer, head: readOnly(customer.head, ['office']) }),
      }),
    ]),
  ],
  complaint: [
    office('complaint-office', 'usual', 'demo', record('complaint')),
    field('complaint', 'usual', 'demo', record('complaint')),
    ...BOTH.complaint.flatMap(({ at, name }) => [
      changed(at(`${name}-many`, 'many'), { complaint_page: manyOfComplaint }),
      changed(at(`${name}-bare`, 'empty'), { complaint_page: bareComplaint }),
      changed(at(`${name}-no-right`, 'no right'), {
        complaint_page: (complaint) => ({
          ...complaint,
          head: readOnly(complaint.head, ['office']),
          steps: [],
        }),
      }),
    ]),
    changed(office('complaint-mark', 'open sheet', 'demo', record('complaint'), button(/^Записати оцінку/)), {
      complaint_page: (complaint) => ({
        ...complaint,
        state: 'answered',
        steps: ['customer_answered', 'no_answer'],
      }),
    }),
    changed(office('complaint-office-conflict', 'conflict', 'demo', record('complaint')), {
      complaint_page: (complaint) => ({
        ...complaint,
        severity: 'critical',
        head: disputed(complaint.head, 'severity', ['major', 'critical'], DECIDES.responsible),
      }),
    }),
    changed(office('complaint-office-refused', 'not accepted', 'demo', record('complaint')), {
      complaint_page: (complaint) => ({ ...complaint, head: notAccepted(complaint.head) }),
      not_accepted: (_, document) => refusedWork('complaint', document),
    }),
    changed(field('complaint-conflict', 'conflict', 'demo', record('complaint')), {
      complaint_page: (complaint) => ({
        ...complaint,
        severity: 'critical',
        head: disputed(complaint.head, 'severity', ['major', 'critical'], DECIDES.others),
      }),
    }),
    changed(field('complaint-refused', 'not accepted', 'demo', record('complaint')), {
      complaint_page: (complaint) => ({ ...complaint, head: notAccepted(complaint.head) }),
      not_accepted: (_, document) => refusedWork('complaint', document),
    }),
    ...(['Записати дію', 'Записати повернення', 'Записати лист контрагентові'] as const).map((entry, at) =>
      office(
        `complaint-entry-${at + 1}`,
        'open sheet',
        'demo',
        record('complaint'),
        chosen('Інші дії', entry),
      ),
    ),
  ],
};
