/** Records with far more in them than those of the scenes: years of visits, a day of works, a queue of weeks. */
import type {
  CardPage,
  ComplaintPage,
  ContactView,
  CustomerPage,
  DayVisit,
  DeskQueue,
  EquipmentPage,
  JournalPage,
  Linked,
  PhotoView,
  RecordHead,
  RefusedWork,
  ReviewPage,
  RowId,
  TimelineEntry,
  Today,
  VisitLine,
  VisitPage,
  WorkLine,
} from '../../src/lib/bindings';

/** So many of whatever there is, over and over; `another` makes each its own. */
const many = <One>(some: readonly One[], count: number, another: (one: One, at: number) => One): One[] =>
  Array.from({ length: count }, (_, at) => some[at % some.length])
    .flatMap((one) => one ?? [])
    .map(another);

/** «V-2026-00012» some numbers on, of another record. */
const numbered = <To extends Linked>(link: To, at: number): To => ({
  ...link,
  document: `${link.document}${at}`,
  label: link.label.replace(/\d{5}$/, (digits) => String(Number(digits) + at).padStart(5, '0')),
});
const linked = <One extends { link: Linked }>(some: readonly One[], count: number): One[] =>
  many(some, count, (one, at) => ({ ...one, link: numbered(one.link, at) }));
const rowsOf = <One extends { row: RowId }>(some: readonly One[], count: number): One[] =>
  many(some, count, (one, at) => ({ ...one, row: `${one.row}${at}` }));

const PEOPLE = [
  'Коваленко Андрій Петрович',
  'Нечипоренко Мирослав Степанович',
  'Лозинський Іван Дмитрович',
  'Гайдук Сергій Ігорович',
  'Романенко Володимир Олександрович',
  'Тимчук Іван Ярославович',
];
const calledAs = <To extends Linked>(link: To, name: string): To => ({
  ...link,
  document: name,
  label: name,
  title: name,
});

const peopleOf = (some: readonly ContactView[], count: number): ContactView[] =>
  rowsOf(some, count).map((one, at) => ({ ...one, name: PEOPLE[at % PEOPLE.length] ?? one.name }));

/** Each visit four weeks before the one above it. */
const visitsOf = (some: readonly VisitLine[], count: number): VisitLine[] =>
  linked(some, count).map((visit, at) => {
    const day = new Date(Date.parse('2026-11-20') - at * 28 * 86_400_000).toISOString().slice(0, 10);
    return { ...visit, window: visit.window?.replaceAll(/\d{4}-\d\d-\d\d(?=T)/g, day) ?? null };
  });

const WORKS = [
  'Заміна оливи та фільтрів',
  'Очищення теплообмінника',
  'Перевірка запобіжного клапана',
  'Заміна ущільнень торцевого вала гвинтового блока',
  'Вимірювання вібрації підшипників',
  'Перевірка електричних з’єднань',
  'Продування осушувача',
  'Налаштування частотного перетворювача',
  'Заміна ременя',
  'Перевірка витоків стисненого повітря',
  'Калібрування датчиків тиску й температури',
  'Пробний пуск під навантаженням',
];
const works = (some: readonly WorkLine[]): WorkLine[] =>
  many(some, WORKS.length * 2, (one, at) => {
    const title = WORKS[at % WORKS.length] ?? '';
    return {
      ...one,
      work_kind: one.work_kind && calledAs(one.work_kind, title),
      rows: one.rows.map((row) => ({ ...row, row: `${row.row}${at}` })),
    };
  });

const FOUND = [
  'Фільтр повітряний забитий пилом, перепад тиску вдвічі вищий за норму.',
  'На корпусі масловіддільника сліди підтікання, ущільнення затверділо.',
  'Підшипник електродвигуна з боку вентилятора гріється до 84\u00a0°C.',
  'Манометр на виході показує на 0,3 бар більше за контрольний.',
  'Ремінь натягнуто нерівномірно, на двох доріжках тріщини.',
  'Конденсатовідвідник спрацьовує через раз.',
];

/** Photos that stayed on the devices of those who took them. */
const photosOf = (people: readonly Linked[]): PhotoView[] =>
  people.map((by) => ({
    row: by.document,
    sha256: null,
    bytes: null,
    media_type: null,
    caption: 'Загальний вигляд',
    moment: 'before',
    state: 'elsewhere',
    by,
    at: null,
  }));

export const manyOnVisit = (visit: VisitPage): VisitPage => ({
  ...visit,
  works: works(visit.works),
  parts: rowsOf(visit.parts, 18),
  photos: rowsOf(visit.photos.length > 0 ? visit.photos : photosOf(visit.specialists), 40),
  findings: [...FOUND, ...FOUND, ...FOUND].join('\n'),
  recommendations: FOUND.join(' '),
  specialists: many(visit.specialists, PEOPLE.length, (one, at) => calledAs(one, PEOPLE[at] ?? '')),
  other_visits: visitsOf(visit.other_visits, 30),
});

export const manyOnCard = (card: CardPage): CardPage => ({
  ...card,
  visits: visitsOf(card.visits, 60),
  works: works(card.works),
  contacts: peopleOf(card.contacts, 9),
});

/** Three years in which somebody wrote every week. */
export const longTimeline = (entries: readonly TimelineEntry[]): TimelineEntry[] =>
  many(entries.slice(-1), 160, (entry, at) => ({
    ...entry,
    change: `${entry.change}${at}`,
    made_ms: entry.made_ms - at * 7 * 86_400_000,
    arrived_ms: entry.made_ms - at * 7 * 86_400_000 + 60_000,
    writes: [
      {
        path: { field: at % 3 === 0 ? 'notes' : 'priority' },
        what:
          at % 3 === 0
            ? { did: 'text' as const, from: '', to: FOUND[at % FOUND.length] ?? '' }
            : { did: 'value' as const, from: ['normal'], to: at % 2 === 0 ? 'urgent' : 'high' },
        links: [],
        rows: [],
      },
    ],
  }));

export const manyOfCustomer = (customer: CustomerPage): CustomerPage => ({
  ...customer,
  phones: [...customer.phones, '+380481234567', '+380677654321', '+380501112233'],
  contacts: peopleOf(customer.contacts, 24),
  addresses: rowsOf(customer.addresses, 15),
  equipment: linked(customer.equipment, 40),
  cards: linked(customer.cards, 40),
  visits: visitsOf(customer.visits, 40),
});

const another = (head: RecordHead, at: number): RecordHead => ({
  ...head,
  ...numbered({ document: head.document, kind: head.kind, label: head.label, title: head.title }, at),
});
export const manyToDecide = (queue: DeskQueue): DeskQueue => ({
  records: many(queue.records, 60, another),
  more: 143,
});
export const manyNotAccepted = (page: ReviewPage): ReviewPage => ({
  ...page,
  items: many(page.items, 80, (line, at) => ({
    ...line,
    envelope: `${line.envelope}${at}`,
    record: numbered(line.record, at),
    arrived_ms: line.arrived_ms + at * 3_600_000,
  })),
});

/** Weeks of work that was not accepted, much of it on the same records. */
export const manyRefused = (works: readonly RefusedWork[]): RefusedWork[] =>
  many(works, 24, (work, at) => ({
    ...work,
    envelope: `${work.envelope}${at}`,
    link: calledAs(work.link, WORKS[Math.floor(at / 8)] ?? ''),
  }));

export const manyOfObject = (object: EquipmentPage): EquipmentPage => ({
  ...object,
  cards: linked(object.cards, 12),
  visits: visitsOf(object.visits, 60),
  complaints: linked(object.complaints, 8),
  meters: rowsOf(object.meters, 6),
});

export const manyOfComplaint = (complaint: ComplaintPage): ComplaintPage => ({
  ...complaint,
  description: FOUND.join('\n'),
  cause: FOUND.join(' '),
  members: many(complaint.responsible ? [complaint.responsible] : [], PEOPLE.length, (one, at) =>
    calledAs(one, PEOPLE[at] ?? ''),
  ),
  actions: rowsOf(complaint.actions, 24).map((one, at) => ({ ...one, text: WORKS[at % WORKS.length] ?? '' })),
  returns: rowsOf(complaint.returns, 12),
  messages: rowsOf(complaint.messages, 30),
  events: rowsOf(complaint.events, 40),
});

/** A day nobody gets through: the last of its visits are those that nobody has begun. */
export const manyOfToday = (today: Today): Today => {
  const last = today.visits.slice(-1);
  const later = many(last, 14, (visit, at): DayVisit => ({ ...visit, link: numbered(visit.link, at + 1) }));
  return { ...today, visits: [...today.visits, ...later] };
};

/** The states a day goes through, over and over. */
const STATES = [
  'completed',
  'completed_partly',
  'in_progress',
  'travelling',
  'accepted',
  'dispatched',
  'declined',
];

/** A day of the whole company: twelve visits for each who goes out, some of which wait or are late. */
export const manyOfDesk = (page: JournalPage): JournalPage => {
  const [label, state, conflicts] = [0, 3, 6];
  const rows = many(page.rows, 12 * page.rows.length, (row, at) => {
    const cells = [...row.cells];
    cells[label] = `V-2026-${String(at + 1).padStart(5, '0')}`;
    cells[state] = STATES[at % STATES.length] ?? null;
    cells[conflicts] = at % 17 === 5 ? 1 : 0;
    return { document: `${row.document}${at}`, cells };
  });
  return { ...page, rows };
};
