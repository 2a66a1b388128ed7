/**
 * Every screen of the app: whose device it is on, how to get there, in which state it is. Pictures are
 * taken of each, axe reads each, and no word may be cut on any. A new screen is a line here.
 */
import type { Page } from 'playwright-core';
import type { Device } from '../../scripts/browser.mjs';
import type { NoticeLine, Rescue, Stage } from '../../src/lib/bindings';
import type { Place } from '../../src/routes/places';
import { longTimeline, manyNotAccepted, manyOfCustomer, manyOnCard, manyOnVisit, manyToDecide } from './many';
import {
  changed,
  type Changes,
  DECIDES,
  disputed,
  leftHalf,
  merged,
  notAccepted,
  NOWHERE,
  readOnly,
  refusedWork,
  told,
  withdrawn,
} from './states';
import {
  all,
  button,
  chosen,
  colleague,
  comparing,
  complaintOn,
  edited,
  everything,
  file,
  keys,
  past,
  radio,
  record,
  refusedCard,
  row,
  rows,
  typed,
  visitOfDay,
} from './ways';

/** The scenes of the stage, the small demo company, or no device at all. */
export type Company = 'morning' | 'noon' | 'trouble' | 'demo' | 'nobody';
/** Technicians have the Field shell, and so has whoever has no shell yet; all others have the Office. */
export type Who = 'technician' | 'newcomer' | 'dispatcher' | 'administrator';
export type State =
  'usual' | 'empty' | 'few' | 'many' | 'offline' | 'conflict' | 'not accepted' | 'no right' | 'open sheet';

export interface Screen {
  /** What its pictures are called. */
  name: string;
  state: State;
  company: Company;
  who: Who;
  /** Its address, which may depend on what is on the device. */
  path: string | ((device: Device) => Promise<string>);
  /** What is tapped or typed there, in Ukrainian. Nothing of it may be saved: the device serves other screens. */
  then?: (page: Page) => Promise<void>;
  /** What the device is said to answer: stages of a profile's life that no company is in, what nobody tells there. */
  told?: { stage?: Stage; rescue?: Rescue; notices?: readonly NoticeLine[] };
  /** What of the device's answers is another: states of a record that no scene has. */
  changed?: Changes;
}

type Screens = readonly [Screen, ...Screen[]];

const field = (
  name: string,
  state: State,
  company: Company,
  path: Screen['path'],
  then?: Screen['then'],
): Screen => ({
  name,
  state,
  company,
  who: 'technician',
  path,
  then,
});
const office = (
  name: string,
  state: State,
  company: Company,
  path: Screen['path'],
  then?: Screen['then'],
): Screen => ({
  ...field(name, state, company, path, then),
  who: 'dispatcher',
});

const administrator = (...screen: Parameters<typeof field>): Screen => ({
  ...field(...screen),
  who: 'administrator',
});

/** The screens of each place of the app. */
export const PLACES: Record<Place['at'], Screens> = {
  today: [
    field('today', 'few', 'morning', '/today'),
    field('today-noon', 'offline', 'noon', '/today'),
    field('today-trouble', 'not accepted', 'trouble', '/today'),
    field('today-demo', 'usual', 'demo', '/today'),
    office('today-office', 'empty', 'demo', '/today'),
  ],
  day: [field('day-empty', 'empty', 'morning', '/days/2026-11-25')],
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
  ],
  create: [field('create', 'usual', 'noon', '/create'), office('create-office', 'usual', 'demo', '/create')],
  form: [
    field('complaint-new', 'empty', 'noon', complaintOn(visitOfDay(2))),
    field('form-visit', 'empty', 'noon', '/visits/new'),
    field('form-object', 'empty', 'noon', '/objects/new'),
    field('form-no-right', 'no right', 'noon', '/customers/new'),
    field('form-locked', 'no right', 'noon', edited(visitOfDay(2))),
    field(
      'form-restored',
      'usual',
      'noon',
      '/objects/new',
      leftHalf((page) => page.getByLabel('Модель').fill('ВК-22')),
    ),
    field('form-complaint-lacks', 'few', 'noon', '/complaints/new', button('Подати рекламацію')),
    office('form-customer', 'empty', 'demo', '/customers/new'),
    office('form-customer-edit', 'usual', 'demo', edited(record('customer'))),
    office('form-object-edit', 'usual', 'demo', edited(record('equipment'))),
    office('form-card', 'empty', 'demo', '/cards/new'),
    office('form-card-edit', 'usual', 'demo', edited(record('service_card'))),
    office('form-visit-edit', 'usual', 'demo', edited(record('visit'))),
    office('form-complaint-edit', 'usual', 'demo', edited(record('complaint'))),
  ],
  journal: [
    office('journal-visits', 'many', 'demo', '/visits', everything),
    office('journal-visits-few', 'few', 'morning', '/visits'),
    office('journal-customers-gone-none', 'empty', 'demo', '/customers?view=gone'),
    office('journal-visits-nothing', 'empty', 'demo', '/visits', typed('нічого такого')),
    office(
      'journal-visits-beside',
      'usual',
      'demo',
      '/visits',
      all(everything, rows, keys('ArrowDown'), (page) => page.getByRole('complementary').waitFor()),
    ),
    office(
      'journal-visits-many',
      'usual',
      'demo',
      '/visits',
      all(everything, rows, keys('Home', 'Shift+ArrowDown')),
    ),
    office(
      'journal-visits-edit',
      'open sheet',
      'demo',
      '/visits',
      all(everything, rows, keys('ArrowDown', 'e')),
    ),
    office(
      'journal-visits-groups',
      'usual',
      'demo',
      '/visits',
      all(everything, button('Групи'), (page) =>
        page.getByRole('menuitemcheckbox', { name: 'Стан' }).click(),
      ),
    ),
    office(
      'journal-visits-condition',
      'open sheet',
      'demo',
      '/visits',
      all(everything, rows, chosen('Умова', 'Стан')),
    ),
    office('journal-visits-view', 'open sheet', 'demo', '/visits', chosen('Мої вигляди', 'Зберегти вигляд')),
    office('journal-visits-columns', 'open sheet', 'demo', '/visits', button('Стовпці')),
    office('journal-cards', 'many', 'demo', '/cards', everything),
    office('journal-complaints', 'few', 'demo', '/complaints', everything),
    office('journal-complaints-empty', 'empty', 'morning', '/complaints', everything),
    office('journal-customers', 'few', 'demo', '/customers', everything),
    office('journal-objects', 'few', 'demo', '/objects', everything),
    field('journal-no-right', 'no right', 'demo', '/customers'),
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
    }),
    office('card-missing', 'empty', 'demo', `/cards/${NOWHERE}`),
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
      equipment_page: (object) => ({
        ...object,
        visits: [1, 2, 3, 4, 5].flatMap((n) =>
          object.visits.map((one) => ({
            ...one,
            link: { ...one.link, document: `${one.link.document}${n}` },
          })),
        ),
      }),
      journal_total: (total) => ({ ...total, count: 143 }),
    }),
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
  ],
  complaint: [
    office('complaint-office', 'usual', 'demo', record('complaint')),
    field('complaint', 'usual', 'demo', record('complaint')),
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
  mine: [
    field('mine', 'few', 'noon', '/mine'),
    field('mine-demo', 'many', 'demo', '/mine', (page) => page.getByRole('radio', { name: 'Усі' }).click()),
    field('mine-cards', 'usual', 'demo', '/mine', (page) =>
      page.getByRole('radio', { name: 'Картки' }).click(),
    ),
    field('mine-nothing', 'empty', 'noon', '/mine', typed('нічого такого')),
  ],
  search: [
    field('search', 'empty', 'morning', '/search'),
    field('search-found', 'few', 'morning', '/search', typed('компресор')),
    field('search-nothing', 'empty', 'morning', '/search', typed('нічого такого')),
    field('search-many', 'many', 'demo', '/search', typed('ТОВ')),
    office('search-office', 'many', 'demo', '/search', typed('ТОВ')),
  ],
  settings: [
    field('settings', 'offline', 'noon', '/settings'),
    office('settings-office', 'offline', 'demo', '/settings'),
  ],
  notices: [
    field('notices', 'empty', 'morning', '/notices'),
    told(field('notices-some', 'few', 'noon', '/notices')),
    office('notices-office', 'empty', 'demo', '/notices'),
    told(office('notices-office-some', 'few', 'noon', '/notices')),
  ],
  not_accepted: [
    field('not-accepted', 'not accepted', 'trouble', '/not-accepted'),
    field('not-accepted-empty', 'empty', 'morning', '/not-accepted'),
  ],
  review: [
    office('review', 'conflict', 'trouble', '/review', row(/Потребує рішення/)),
    office('review-refused', 'not accepted', 'trouble', '/review', row(/Чилер/)),
    office('review-decline', 'open sheet', 'trouble', '/review', all(row(/Чилер/), button(/^Відхилити/))),
    office('review-demo', 'usual', 'demo', '/review'),
    changed(office('review-many', 'many', 'trouble', '/review'), {
      desk_queue: manyToDecide,
      review_queue: manyNotAccepted,
    }),
    office('review-empty', 'empty', 'morning', '/review'),
    field('review-no-right', 'no right', 'noon', '/review'),
  ],
  import: [
    office('import', 'empty', 'morning', '/import'),
    office('import-look', 'usual', 'morning', '/import', file),
    office('import-refused', 'usual', 'morning', '/import', all(file, radio(/Не взято/))),
    field('import-no-right', 'no right', 'noon', '/import'),
  ],
  person: [
    field('person', 'usual', 'demo', colleague('Мельниченко')),
    field('person-bare', 'few', 'noon', colleague('Бондар')),
    office('person-office', 'usual', 'demo', colleague('Мельниченко')),
  ],
  staff: [
    office('staff', 'few', 'morning', '/staff', row(/Коваленко/)),
    administrator('staff-all', 'few', 'morning', '/staff'),
    administrator('staff-new', 'open sheet', 'morning', '/staff', button('Новий працівник')),
    administrator('staff-teams', 'usual', 'morning', '/staff', radio('Бригади')),
    office('staff-roles', 'usual', 'morning', '/staff', radio('Ролі')),
  ],
  directories: [
    office('directories', 'few', 'morning', '/directories', row(/Чищення/)),
    office('directories-nothing', 'empty', 'morning', '/directories', typed('нічого такого')),
    administrator('directories-all', 'few', 'morning', '/directories'),
    administrator('directories-add', 'open sheet', 'morning', '/directories', button('Додати запис')),
  ],
  company: [
    office('company', 'no right', 'demo', '/company'),
    administrator('company-change', 'usual', 'demo', '/company'),
  ],
};

/** A device to which the first sync has brought today's work, and by far not all. */
const arriving = (screen: Screen): Screen => ({
  ...screen,
  told: { stage: { is: 'first_sync', organisation: 'Тепло Сервіс', records: 12400, usable: true } },
});

const life = (name: string, stage: Stage): Screen => ({
  ...field(name, 'usual', 'morning', ''),
  told: { stage },
});

/** What floats over any place, what comes before and instead of places, and the components by themselves. */
const BESIDE: Screens = [
  office('palette', 'open sheet', 'demo', '/visits', keys('Control+k')),
  office(
    'palette-nothing',
    'empty',
    'demo',
    '/visits',
    all(keys('Control+k'), (page) => page.keyboard.type('нічого такого')),
  ),
  { ...field('life-new', 'usual', 'morning', ''), who: 'newcomer' },
  {
    ...field('life-new-qr', 'open sheet', 'morning', '', button('Зчитати QR із запрошення')),
    who: 'newcomer',
  },
  { ...field('life-new-server', 'usual', 'morning', '', comparing), who: 'newcomer' },
  life('life-new-passphrase', { is: 'new', pin: false, protected: false }),
  life('life-locked', { is: 'locked', by: 'pin', wrong_tries: 0, wait_ms: 0 }),
  life('life-locked-waits', { is: 'locked', by: 'passphrase', wrong_tries: 5, wait_ms: 30_000 }),
  life('life-key-missing', { is: 'unopenable', why: 'key_missing' }),
  life('life-key-damaged', { is: 'unopenable', why: 'key_damaged' }),
  life('life-in-use', { is: 'unopenable', why: 'in_use' }),
  life('life-newer-app', { is: 'unopenable', why: 'newer_app' }),
  life('life-disk', { is: 'unopenable', why: 'disk' }),
  life('life-awaiting', {
    is: 'awaiting_confirmation',
    organisation: 'Тепло Сервіс',
    fingerprint: '407 115',
  }),
  life('life-first-sync', { is: 'first_sync', organisation: 'Тепло Сервіс', records: 1240, usable: false }),
  arriving(field('today-first-sync', 'few', 'morning', '/today')),
  arriving(field('mine-first-sync', 'empty', 'morning', '/mine', typed('нічого такого'))),
  arriving(office('journal-first-sync', 'few', 'morning', '/visits')),
  arriving(office('journal-first-sync-nothing', 'empty', 'morning', '/visits', typed('нічого такого'))),
  life('life-removed', { is: 'removed', organisation: 'Тепло Сервіс' }),
  {
    ...field('life-damaged', 'usual', 'morning', '/today'),
    told: { rescue: { changes: 3, complete: false, kept: 'damaged-2026-11-23.db' } },
  },
  {
    ...field('life-lost', 'usual', 'morning', '/today'),
    told: { rescue: { changes: 0, complete: true, kept: null } },
  },
  field('components-field', 'many', 'nobody', '/index.html?density=field'),
  office('components-office', 'many', 'nobody', '/index.html?density=office'),
];

/** All of them. */
export const SCREENS: readonly Screen[] = [...Object.values(PLACES).flat(), ...BESIDE];

export type Theme = 'light' | 'dark' | 'sunlight';

/** Those that anybody may choose, anywhere. */
export const THEMES: readonly Theme[] = ['light', 'dark', 'sunlight'];

/** Those that pictures are taken in: the sun does not shine into the Office. */
export const themesOf = ({ who }: Screen): readonly Theme[] =>
  who === 'technician' || who === 'newcomer' ? THEMES : ['light', 'dark'];

/** A desk's laptop, a tablet held upright, a large monitor. */
export const SIZES = [
  { width: 1366, height: 768 },
  { width: 800, height: 1280 },
  { width: 1920, height: 1080 },
] as const;
export type Size = (typeof SIZES)[number];
