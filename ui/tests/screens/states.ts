/** States of the screens that no company is in: what a device is said to answer there, and what is left half done. */
import type { Page } from 'playwright-core';
import type {
  AppEvent,
  CallName,
  Calls,
  ConflictView,
  DocumentId,
  DraftOfForm,
  FormView,
  Group,
  Kind,
  NoticeLine,
  RecordHead,
  RefusedWork,
  SyncView,
  Today,
} from '../../src/lib/bindings';
import type { Screen } from './screen';

/** By call: from what the device answers, and the record in the address, what the page is answered. */
export type Changes = {
  [Name in CallName]?: (answer: Calls[Name]['answer'], record: DocumentId) => Calls[Name]['answer'];
};

/** A record that no device has. */
export const NOWHERE = '0193f5a0-0000-7000-8000-00000000dead';

/** Left half filled in, and opened again. The draft is kept beside the device, which serves other screens. */
export const leftHalf = (fill: (page: Page) => Promise<void>) => async (page: Page) => {
  const kept: DraftOfForm[] = [];
  await page.route('**/call/keep_draft', (route) => {
    kept.push(route.request().postDataJSON() as DraftOfForm);
    return route.fulfill({ json: {} });
  });
  await page.route('**/call/draft', (route) => {
    const { form } = route.request().postDataJSON() as { form: string };
    const draft = kept.findLast((one) => one.form === form);
    const saved_ms = Date.parse('2026-11-23T07:12:00+02:00');
    return route.fulfill({ json: draft ? { ...draft, saved_ms } : null });
  });
  const written = page.waitForResponse('**/call/keep_draft');
  await fill(page);
  await written;
  await page.reload();
  await page.getByText('Чернетка:').waitFor();
};

/** States of a record that no scene has. */
export const changed = (screen: Screen, changes: Changes): Screen => ({ ...screen, changed: changes });
const SOMEBODY = {
  document: NOWHERE,
  kind: 'employee',
  label: 'Бондар Олена Ігорівна',
  title: 'Бондар Олена Ігорівна',
} as const;
export const withdrawn = (head: RecordHead): RecordHead => ({
  ...head,
  withdrawn: { by: SOMEBODY, at: '2026-11-23T11:30:00+02:00', why: 'записано двічі' },
});
export const merged = (head: RecordHead): RecordHead => ({
  ...head,
  merged_into: { document: NOWHERE, kind: 'customer', label: 'C-00017', title: 'ТОВ «Хлібодар-Захід»' },
});
/** Who decides a conflict, and whether it is whoever looks at it. */
export const DECIDES = {
  dispatcher: { decider: 'dispatcher', may_decide: true },
  responsible: { decider: 'responsible', may_decide: true },
  others: { decider: 'dispatcher', may_decide: false },
} as const satisfies Record<string, Pick<ConflictView, 'decider' | 'may_decide'>>;
/** Two people wrote a field without having seen what the other wrote. */
export const disputed = (
  head: RecordHead,
  field: string,
  values: readonly [string, string],
  deciding: Pick<ConflictView, 'decider' | 'may_decide'>,
): RecordHead => {
  const made = Date.parse('2026-11-23T10:20:00+02:00');
  const sides = values.map((value, at) => ({
    value,
    links: [],
    rows: [],
    by: at === 0 ? SOMEBODY : head.author,
    position: at === 0 ? 'Керівник сервісу' : 'Диспетчер',
    device: null,
    made_ms: made + at * 420_000,
    arrived_ms: made + 900_000,
  }));
  return { ...head, conflicts: [{ path: { field }, sides, ...deciding }] };
};
/** Somebody has to decide about every visit that the day still has before it. */
export const undecided = (today: Today): Today => ({
  ...today,
  visits: today.visits.map((visit) =>
    visit.phase === 'over' ? visit : { ...visit, missing: [...visit.missing, 'decision'] },
  ),
});
/** Of a record that may be read and not written: its fields belong to `owners`. */
export const readOnly = (head: RecordHead, owners: Group[]): RecordHead => {
  const { fields, refusals } = head.rights;
  const refused = [...fields, ...Object.keys(refusals)].map(
    (field) => [field, { path: { field }, reason: { code: 'not_yours', owners } }] as const,
  );
  return { ...head, rights: { known: true, fields: [], refusals: Object.fromEntries(refused) } };
};
/** The newest work on a record was not accepted; what says why is beside it. */
export const notAccepted = (head: RecordHead): RecordHead => ({ ...head, standing: 'not_accepted' });
export const refusedWork = (kind: Kind, document: DocumentId): RefusedWork[] => [
  {
    envelope: NOWHERE,
    link: { document, kind, label: '', title: '' },
    kind,
    outcome: 'declined',
    reason: { code: 'declined', answer: 'Контрагент просив залишити, як було' },
    path: null,
    arrived_ms: Date.parse('2026-11-23T11:05:00+02:00'),
    by: SOMEBODY,
    entered: [],
  },
];

/** The device is with the office, and something of it is on its way there. */
export const sending = (status: SyncView): SyncView => ({
  ...status,
  unsent: 4,
  connection: { is: 'sending' },
});
/** The device is with the office, and all of it is there. */
export const online = (status: SyncView): SyncView => ({
  ...status,
  ...{
    unsent: 0,
    photos_only_here: 0,
    not_accepted: 0,
    last_full_sync_ms: Date.parse('2026-11-23T11:44:00+02:00'),
  },
  connection: { is: 'in_step' },
});

/** The page opened again, to hear `event` as soon as what is answered is called. */
export async function hearing(page: Page, event: AppEvent): Promise<() => void> {
  let tell: () => void = () => undefined;
  const told = new Promise<void>((resolve) => (tell = resolve));
  const body = `retry: 600000\ndata: ${JSON.stringify(event)}\n\n`;
  await page.route('**/events', (route) =>
    told.then(() => route.fulfill({ contentType: 'text/event-stream', body })),
  );
  await page.reload();
  return tell;
}

/** While one types, a colleague writes the same form: another value in the field that is filled, others beside it. */
export const twoWrite =
  (fill: (page: Page) => Promise<void>, theirs: (form: FormView) => FormView) =>
  async (page: Page): Promise<void> => {
    let written = false;
    await page.route('**/call/keep_draft', (route) => route.fulfill({ json: {} }));
    await page.route('**/call/open_form', async (route) => {
      const response = await route.fetch();
      const form = (await response.json()) as FormView;
      await route.fulfill({ response, json: written ? theirs(form) : form });
    });
    const tell = await hearing(page, { event: 'everything' });
    await fill(page);
    written = true;
    tell();
    await page.getByRole('button', { name: 'Узяти нове' }).waitFor();
  };

/** Somebody was told of every sort of thing there is to tell, of the first half just now. */
export const told = (screen: Screen, count = 5): Screen => {
  const named = (kind: Kind, label: string, title: string) => ({ document: label, kind, label, title });
  const window = '2026-11-23T16:30:00+02:00/2026-11-23T18:00:00+02:00';
  const now = { label: 'V-2026-00009', customer: 'ТОВ «Хлібодар»', window };
  const card = named('service_card', 'SC-2026-00004', 'Чилер на даху корпусу\u00a0Б');
  const visit = named('visit', 'V-2026-00002', 'ТО-2 компресора');
  const notices: NoticeLine['notice'][] = [
    { is: 'visit_assigned', visit: now.label, now },
    { is: 'visit_moved', visit: now.label, from: null, now: { ...now, window: null } },
    { is: 'not_accepted', document: card.document, name: card },
    { is: 'decide', document: visit.document, name: visit },
    { is: 'review', count: 3 },
    { is: 'sync_halted', by: 'other_version' },
  ];
  const newest = Date.parse('2026-11-23T11:40:00+02:00');
  const all = Array.from({ length: count }, (_, at) => notices[at % notices.length]);
  const lines = all.flatMap((notice, at): NoticeLine[] =>
    notice ? [{ notice, told_ms: newest - at * at * 5_400_000, is_new: at < count / 2 }] : [],
  );
  return { ...screen, told: { notices: lines } };
};
