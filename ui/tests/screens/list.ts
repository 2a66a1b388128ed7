/**
 * Every screen of the app: whose device it is on, how to get there, in which state it is. Pictures are
 * taken of each, axe reads each, and no word may be cut on any. A new screen is a line here, or in
 * `records.ts` where it is of one record.
 */
import type { Page } from 'playwright-core';
import type { Stage } from '../../src/lib/bindings';
import type { Place } from '../../src/routes/places';
import { RECORDS } from './records';
import { administrator, field, office, type Screen, type Screens } from './screen';
import { manyNotAccepted, manyOfDesk, manyOfToday, manyRefused, manyToDecide } from './many';
import { changed, leftHalf, online, sending, told, twoWrite, undecided } from './states';
import {
  all,
  bulk,
  button,
  cell,
  chosen,
  colleague,
  comparing,
  complaintOn,
  edited,
  everything,
  file,
  imported,
  importing,
  keys,
  radio,
  record,
  row,
  rows,
  typed,
  visitOfDay,
} from './ways';

/** Somebody or something new is made in passing, where a form asks for it. */
const made = (label: string) => async (page: Page) => {
  await page.getByRole('combobox', { name: label }).fill('Санаторій «Хвиля»');
  await page.getByRole('option', { name: 'Створити «Санаторій «Хвиля»»' }).click();
  await page.getByRole('dialog').waitFor();
};

/** The screens of each place of the app. */
export const PLACES: Record<Place['at'], Screens> = {
  ...RECORDS,
  today: [
    field('today', 'few', 'morning', '/today'),
    field('today-noon', 'offline', 'noon', '/today'),
    field('today-trouble', 'not accepted', 'trouble', '/today'),
    field('today-demo', 'usual', 'demo', '/today'),
    office('today-office', 'few', 'demo', '/today'),
    office('today-office-noon', 'conflict', 'trouble', '/today'),
    changed(office('today-office-empty', 'empty', 'morning', '/today'), {
      journal: (page) => ({ ...page, rows: [] }),
    }),
    changed(office('today-office-many', 'many', 'demo', '/today'), { journal: manyOfDesk }),
    changed(field('today-many', 'many', 'noon', '/today'), { today: manyOfToday }),
    changed(field('today-conflict', 'conflict', 'noon', '/today'), { today: undecided }),
    changed(field('today-sending', 'online', 'noon', '/today'), { sync_status: sending }),
    changed(field('today-online', 'online', 'noon', '/today'), { sync_status: online }),
  ],
  day: [field('day-empty', 'empty', 'morning', '/days/2026-11-25')],
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
    office(
      'form-two-write',
      'conflict',
      'demo',
      edited(record('customer')),
      twoWrite(
        (page) => page.locator('[data-path="name"] input').fill('ТОВ «Світанок Плюс»'),
        (form) => ({ ...form, values: { ...form.values, name: 'ТОВ «Світанок-Південь»' } }),
      ),
    ),
    office('form-brief', 'open sheet', 'demo', '/cards/new', made('Контрагент')),
    field('form-brief-field', 'open sheet', 'noon', '/visits/new', made('Об’єкт')),
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
    office('journal-visits-view', 'open sheet', 'demo', '/visits', chosen('Вигляди', 'Зберегти вигляд')),
    office('journal-visits-columns', 'open sheet', 'demo', '/visits', button('Стовпці')),
    office('journal-cards', 'many', 'demo', '/cards', everything),
    office('journal-complaints', 'few', 'demo', '/complaints', everything),
    office('journal-complaints-empty', 'empty', 'morning', '/complaints', everything),
    office('journal-customers', 'few', 'demo', '/customers', everything),
    office('journal-objects', 'few', 'demo', '/objects', everything),
    field('journal-no-right', 'no right', 'demo', '/customers'),
    office('journal-visits-time', 'open sheet', 'demo', '/visits', cell('Час', 'window_start')),
    office('journal-visits-bulk-time', 'open sheet', 'demo', '/visits', bulk('Час')),
    office('journal-visits-bulk-people', 'open sheet', 'demo', '/visits', bulk('Виконавці')),
    office('journal-cards-choice', 'open sheet', 'demo', '/cards', bulk('Пріоритет')),
    office('journal-complaints-person', 'open sheet', 'demo', '/complaints', bulk('Відповідальний')),
    changed(office('journal-sending', 'online', 'demo', '/visits', everything), { sync_status: sending }),
    changed(office('journal-online', 'online', 'demo', '/visits', everything), { sync_status: online }),
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
    told(field('notices-many', 'many', 'noon', '/notices'), 60),
    office('notices-office', 'empty', 'demo', '/notices'),
    told(office('notices-office-some', 'few', 'noon', '/notices')),
    told(office('notices-office-many', 'many', 'noon', '/notices'), 60),
  ],
  not_accepted: [
    field('not-accepted', 'not accepted', 'trouble', '/not-accepted'),
    changed(field('not-accepted-many', 'many', 'trouble', '/not-accepted'), { not_accepted: manyRefused }),
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
    office('import-progress', 'usual', 'morning', '/import', importing),
    office('import-end', 'usual', 'morning', '/import', imported),
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
    administrator('staff-many', 'many', 'demo', '/staff'),
    administrator(
      'staff-team-new',
      'open sheet',
      'morning',
      '/staff',
      all(radio('Бригади'), button('Нова бригада')),
    ),
    administrator(
      'staff-leave',
      'open sheet',
      'morning',
      '/staff',
      all(row(/Коваленко/), button('Звільнити')),
    ),
    office('staff-roles', 'usual', 'morning', '/staff', radio('Ролі')),
  ],
  directories: [
    office('directories', 'few', 'morning', '/directories', row(/Чищення/)),
    office('directories-nothing', 'empty', 'morning', '/directories', typed('нічого такого')),
    administrator('directories-all', 'few', 'morning', '/directories'),
    administrator('directories-many', 'many', 'demo', '/directories'),
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
