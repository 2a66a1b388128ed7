/** A technician's Monday, 23 November 2026, as the reference pages show it. Invented people and companies. */
import type { PhotoView } from '$lib/backend/views';
import type { EventFact, VisitFact } from './facts';
import type { World } from './memory';

export const DEMO_DATE = '2026-11-23';
const NEXT_DATE = '2026-11-24';
/** The moment the reference pages were taken. */
export const DEMO_NOW = '2026-11-23T11:46:00+02:00';

const at = (clock: string, date = DEMO_DATE): string => `${date}T${clock}:00+02:00`;

function events(...facts: [EventFact['act'], string][]): EventFact[] {
  return facts.map(([act, clock], index) => ({ row: `event-${index}`, act, at: at(clock), reason: null }));
}

/** A drawing in the place of a photo. */
function drawing(body: string): string {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 132 84"><rect width="132" height="84" fill="#9aa3a8"/>${body}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}
const GAUGE = drawing(
  '<rect y="56" width="132" height="28" fill="#59636a"/><circle cx="66" cy="40" r="26" fill="#e8eaeb"/><path d="M66 40 80 28" stroke="#22303a" stroke-width="3"/>',
);
const UNIT = drawing(
  '<rect width="132" height="84" fill="#59636a"/><rect x="18" y="16" width="58" height="58" rx="4" fill="#9aa3a8"/><rect x="26" y="24" width="42" height="16" fill="#22303a"/><path d="M76 30h36v54M76 52h22v32" stroke="#e8eaeb" stroke-width="7" fill="none"/>',
);
const FINS = drawing(
  '<rect x="34" y="8" width="64" height="68" fill="#e8eaeb"/><path d="M38 8v68M46 8v68M54 8v68M62 8v68M70 8v68M78 8v68M86 8v68M94 8v68" stroke="#59636a" stroke-width="3"/>',
);
const PLATE = drawing(
  '<rect x="30" y="16" width="72" height="52" fill="#e8eaeb"/><path d="M38 28h56M38 38h40M38 48h48M38 58h22" stroke="#22303a" stroke-width="3"/>',
);

const photo = (
  row: string,
  url: string,
  caption: string,
  standing: PhotoView['standing'],
  problem: string | null = null,
): PhotoView => ({ row, url, caption, standing, problem });

const visit = (
  fact: Partial<VisitFact> & Pick<VisitFact, 'id' | 'label' | 'customer' | 'task'>,
): VisitFact => ({
  date: DEMO_DATE,
  window: null,
  duration: 60,
  object: null,
  place: null,
  contact: null,
  instructions: '',
  events: [],
  planned: [],
  works: [],
  items: [],
  answers: {},
  parts: [],
  photos: [],
  findings: '',
  standing: 'in_office',
  needs_decision: false,
  not_accepted: null,
  writable: true,
  ...fact,
});

const object = (title: string, serial: string | null = null, warranty: string | null = null) => ({
  id: title,
  title,
  serial,
  warranty_until: warranty,
});

const place = (
  settlement: string,
  address: string,
  latitude: number,
  longitude: number,
  access: string | null = null,
) => ({
  settlement,
  address,
  access_notes: access,
  coordinates: { latitude, longitude },
});

const dairy = visit({
  id: 'dairy',
  label: 'VS-2026-04187',
  customer: 'ПрАТ «Молокозавод “Тетерів”»',
  task: 'ТО-2',
  window: { from: at('10:30'), to: at('12:30') },
  duration: 120,
  object: object('Компресор гвинтовий ВК-22', '0817-2214', '2027-03-14'),
  place: place(
    'Житомир',
    'вул. Промислова, 14, прохідна №\u00a02',
    50.295,
    28.72,
    'Перепустка на вході, взуття змінне',
  ),
  contact: { name: 'Гнатюк Роман Васильович', position: 'головний механік', phone: '+380 67 555 01 42' },
  events: events(['dispatched', '08:00'], ['accepted', '08:05']),
  planned: [
    { kind: 'oil', volume: '1', hours: '1.5' },
    { kind: 'exchanger', volume: '2', hours: '3' },
    { kind: 'air', volume: '2', hours: '0.5' },
    { kind: 'automation', volume: '1', hours: '2' },
  ],
  items: [
    { item: 'i1', text: 'Кожух і огородження цілі', kind: 'yes_no', required: true },
    { item: 'i2', text: 'Рівень оливи в нормі', kind: 'yes_no', required: true },
    { item: 'i3', text: 'Паси натягнуті', kind: 'yes_no', required: false },
    { item: 'i4', text: 'Клапан безпеки спрацьовує', kind: 'yes_no', required: true },
    {
      item: 'i5',
      text: 'Температура нагнітання',
      kind: 'number',
      required: true,
      unit: '°C',
      minimum: '70',
      maximum: '95',
    },
    {
      item: 'i6',
      text: 'Шум підшипників',
      kind: 'one_of',
      required: false,
      choices: ['немає', 'слабкий', 'сильний'],
    },
    { item: 'i7', text: 'Конденсатовідвідник працює', kind: 'yes_no', required: false },
    { item: 'i8', text: 'Витоків оливи на з’єднаннях немає', kind: 'yes_no', required: true },
    {
      item: 'i9',
      text: 'Тиск на виході під навантаженням',
      kind: 'number',
      required: true,
      unit: 'бар',
      minimum: '7.2',
      maximum: '7.8',
    },
  ],
});

/** The same visit an hour and a quarter into the work. */
const dairyAtWork: VisitFact = {
  ...dairy,
  events: [
    ...dairy.events,
    ...events(['travel_started', '09:48'], ['arrived', '10:21'], ['work_started', '10:34']).map((event) => ({
      ...event,
      row: `way-${event.row}`,
    })),
  ],
  works: [
    {
      row: 'w1',
      kind: 'oil',
      volume: '1',
      period: { from: at('10:34'), to: at('11:10') },
      who: 'Андрій Коваленко',
      mine: true,
    },
    {
      row: 'w2',
      kind: 'exchanger',
      volume: '2',
      period: { from: at('11:12'), to: at('11:46') },
      who: 'Андрій Коваленко',
      mine: true,
    },
  ],
  answers: { i1: 'yes', i2: 'yes', i3: 'yes', i4: 'yes', i5: '84', i6: 'слабкий', i7: 'n/a' },
  parts: [
    { row: 'p1', title: 'Олива компресорна ОК-46', quantity: '4', unit: 'л', direction: 'used' },
    { row: 'p2', title: 'Фільтр оливний ФО-118', quantity: '1', unit: 'шт.', direction: 'returned' },
  ],
  photos: [
    photo('f1', GAUGE, 'Тиск до робіт', 'in_office'),
    photo('f2', UNIT, 'Загальний вигляд', 'in_office'),
    photo('f3', FINS, 'Секція 1, до', 'sending'),
    photo('f4', FINS, 'Секція 1, після', 'on_device'),
    photo('f5', PLATE, 'Шильдик', 'not_accepted', 'файл пошкоджено під час запису. Решта фото ціла.'),
  ],
  findings:
    'Олива темна, з металевим пилом. Підшипник гвинтової пари шумить на 2950\u00a0об/хв. Рекомендую діагностику до кінця грудня.',
  standing: 'on_device',
};

const others = [
  visit({
    id: 'boiler',
    label: 'VS-2026-04186',
    customer: 'ОСББ «Липки-7»',
    task: 'заміна датчика тяги',
    window: { from: at('08:30'), to: at('09:40') },
    duration: 70,
    object: object('Котел КСВ-350, топкова №\u00a02'),
    place: place('Житомир', 'вул. Липова, 7', 50.24, 28.62),
    events: events(
      ['dispatched', '07:50'],
      ['travel_started', '08:10'],
      ['work_started', '08:31'],
      ['completed', '09:38'],
    ),
  }),
  visit({
    id: 'bakery',
    label: 'VS-2026-04190',
    customer: 'ТОВ «Хлібодар», пекарня №\u00a03',
    task: 'огляд',
    window: { from: at('13:15'), to: at('14:15') },
    object: object('Камера шокового заморожування ШК-10'),
    place: place('Бердичів', 'вул. Європейська, 102', 50.27, 28.85),
    events: events(['dispatched', '08:00'], ['accepted', '08:05']),
  }),
  visit({
    id: 'hospital',
    label: 'VS-2026-04191',
    customer: 'КНП «Міська лікарня №\u00a04»',
    task: 'рекламація CP-2026-00091',
    window: { from: at('14:45'), to: at('16:15') },
    duration: 90,
    object: object('Чилер ЧВ-140, дах корпусу\u00a0Б'),
    place: place('Житомир', 'вул. Медична, 4', 50.33, 28.95, 'Потрібна перепустка'),
    events: events(['dispatched', '08:00']),
  }),
  visit({
    id: 'farm',
    label: 'VS-2026-04195',
    customer: 'ТОВ «Агро-Полісся»',
    task: 'пусконалагодження',
    window: { from: at('17:00'), to: at('18:10') },
    duration: 70,
    object: object('Генератор дизельний ДГ-60'),
    place: place('Коростишів', 'вул. Київська, 60', 50.29, 29.05),
    events: events(['dispatched', '08:00']),
  }),
  ...['ТОВ «Скляний двір»', 'СТОВ «Нива-Пулини»', 'ТОВ «Поліграф-Захід»', 'ДП «Укрхарчпак»'].map(
    (customer, index) =>
      visit({
        id: `next-${index}`,
        label: `VS-2026-0420${index}`,
        customer,
        task: 'ТО-1',
        date: NEXT_DATE,
        window: {
          from: at(`${String(9 + index * 2).padStart(2, '0')}:00`, NEXT_DATE),
          to: at(`${10 + index * 2}:00`, NEXT_DATE),
        },
        place: place('Житомир', 'вул. Скляна, 1', 50.25, 28.65 + index / 10),
        events: events(['dispatched', '08:00']),
      }),
  ),
];

const base: Omit<World, 'visits'> = {
  me: { employee: 'kovalenko', name: 'Андрій Коваленко', roles: ['technician'], device: 'планшет ПЛ-07' },
  status: { connection: 'offline', unsent: 3, not_accepted: 0, last_full_sync: at('08:02'), stopped: null },
  kinds: [
    { id: 'oil', label: 'Заміна оливи та оливного фільтра', unit: '' },
    { id: 'exchanger', label: 'Чищення теплообмінника', unit: 'секц.' },
    { id: 'air', label: 'Заміна повітряного фільтра', unit: 'шт.' },
    { id: 'automation', label: 'Перевірка автоматики та клапанів', unit: 'компл.' },
    { id: 'bearing', label: 'Діагностика підшипників', unit: 'год' },
  ],
  readiness: {
    [DEMO_DATE]: [
      { id: 'r1', text: 'Фільтр повітряний ФП-22, 2\u00a0шт.', stops: [2], taken: false },
      { id: 'r2', text: 'Перепустка на територію', stops: [4], taken: false },
      ...[
        'манометр',
        'фреон R449A 10\u00a0кг',
        'олива ОК-46 6\u00a0л',
        'фільтр ФО-118',
        'ключі 19–24',
        'драбина',
        'рукавиці',
      ].map((text, index) => ({ id: `t${index}`, text, stops: [], taken: true })),
    ],
  },
};

/** The morning: the first visit is done, the second is next. */
export const morning: World = { ...base, visits: [dairy, ...others] };
/** Noon: at work on the second. */
export const noon: World = { ...base, visits: [dairyAtWork, ...others] };
/** A day off. */
export const dayOff: World = {
  ...base,
  readiness: {},
  visits: others.filter((one) => one.date === NEXT_DATE),
};
/** Somebody else's visit, contested, and work that was not accepted. */
export const trouble: World = {
  ...base,
  status: { ...base.status, not_accepted: 1 },
  visits: [
    {
      ...dairyAtWork,
      needs_decision: true,
      standing: 'not_accepted',
      not_accepted: {
        envelope: 'envelope-1',
        sentence: 'Офіс не прийняв зміну вікна: її вносить диспетчер. Решта роботи збережена.',
      },
    },
    ...others.map((one) => (one.id === 'bakery' ? { ...one, writable: false, needs_decision: true } : one)),
  ],
};
