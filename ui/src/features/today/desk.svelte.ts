/** A day of everybody who goes out, as a desk looks at it: who is to go where, and how far they are. */
import { again, onceAtRest } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import type { DocumentId, JournalCell, JournalRow, Linked } from '$lib/bindings';
import { canonical, type LocalDate, plusDays } from '$lib/format/date';

const COLUMNS = [
  'label',
  'customer',
  'equipment',
  'state',
  'specialists',
  'window_start',
  'conflicts',
  'overdue_from',
] as const;
/** So many visits of a day are shown: the journal has the others. */
export const SHOWN = 400;

/** How far a visit is, as a day counts it. */
type Stage = 'ahead' | 'under_way' | 'over';

const STAGES: Partial<Record<string, Stage>> = {
  travelling: 'under_way',
  in_progress: 'under_way',
  on_hold: 'under_way',
  completed: 'over',
  completed_partly: 'over',
  cannot_complete: 'over',
  reviewed: 'over',
  closed: 'over',
};

export interface Job {
  document: DocumentId;
  label: string;
  customer: Linked | null;
  object: Linked | null;
  state: string;
  stage: Stage;
  start: string;
  /** Several values or answers of it wait for a decision. */
  undecided: boolean;
  /** From when on it is late unless it is over. */
  late: Date | undefined;
  specialists: readonly Linked[];
}

/** The visits of one specialist, in order; or of nobody yet. */
export interface Lane {
  specialist: Linked | undefined;
  jobs: readonly Job[];
  over: number;
}

export class DeskDay {
  readonly date: LocalDate;
  #app: App;
  /** The visits of the day in order, without those that were cancelled. */
  jobs = $state.raw<readonly Job[]>();
  /** There are more than are shown. */
  isCut = $state(false);
  lanes: readonly Lane[] = $derived(lanesOf(this.jobs ?? []));
  over: number = $derived(count(this.jobs, 'over'));
  underWay: number = $derived(count(this.jobs, 'under_way'));

  constructor(app: App, date: LocalDate) {
    this.#app = app;
    this.date = date;
  }

  /** Reads the day and keeps it current until the answer is called. */
  open(): () => void {
    void this.#read();
    return onceAtRest((happened) => this.#app.onChange(happened), this.#read);
  }

  #read = again(async () => {
    const [from, to] = [this.date, plusDays(this.date, 1)].map(
      (date) => new Date(`${date}T00:00:00`).getTime() / 1000,
    );
    const page = await this.#app.ask('journal', {
      kind: 'visit',
      columns: [...COLUMNS],
      filters: [{ is: 'between', column: 'window_start', from: from ?? null, to: (to ?? 0) - 1 }],
      sort: [{ column: 'window_start', direction: 'ascending', nulls: 'last' }],
      page: { after: null, limit: SHOWN },
      search: null,
      show: 'standing',
    });
    if (!page) return;
    this.jobs = page.rows.flatMap((row) => jobOf(row) ?? []);
    this.isCut = page.next !== null;
  });
}

const count = (jobs: readonly Job[] | undefined, stage: Stage): number =>
  (jobs ?? []).filter((job) => job.stage === stage).length;

const isLink = (cell: JournalCell | undefined): cell is Linked =>
  typeof cell === 'object' && cell !== null && !Array.isArray(cell);

function jobOf({ document, cells }: JournalRow): Job | undefined {
  const cell = (name: (typeof COLUMNS)[number]): JournalCell | undefined => cells[COLUMNS.indexOf(name)];
  const [state, start, late, conflicts] = [
    cell('state'),
    cell('window_start'),
    cell('overdue_from'),
    cell('conflicts'),
  ];
  const [label, customer, object, specialists] = [
    cell('label'),
    cell('customer'),
    cell('equipment'),
    cell('specialists'),
  ];
  if (typeof state !== 'string' || state === 'cancelled' || typeof start !== 'number') return undefined;
  return {
    document,
    label: typeof label === 'string' ? label : '',
    customer: isLink(customer) ? customer : null,
    object: isLink(object) ? object : null,
    state,
    stage: STAGES[state] ?? 'ahead',
    start: canonical(new Date(start * 1000)),
    undecided: typeof conflicts === 'number' && conflicts > 0,
    late: typeof late === 'number' ? new Date(late * 1000) : undefined,
    specialists: Array.isArray(specialists) ? specialists : [],
  };
}

/** Nobody's first, for those are to be given to somebody; then by the names of the specialists. */
function lanesOf(jobs: readonly Job[]): readonly Lane[] {
  const lanes = new Map<DocumentId | undefined, { specialist: Linked | undefined; jobs: Job[] }>();
  for (const job of jobs) {
    const whose = job.specialists.length === 0 ? [undefined] : job.specialists;
    for (const specialist of whose) {
      const lane = lanes.get(specialist?.document) ?? { specialist, jobs: [] };
      lane.jobs.push(job);
      lanes.set(specialist?.document, lane);
    }
  }
  const name = ({ specialist }: { specialist: Linked | undefined }): string =>
    specialist === undefined ? '' : specialist.title || specialist.label;
  return [...lanes.values()]
    .sort((one, other) => name(one).localeCompare(name(other)))
    .map(({ specialist, jobs }) => ({ specialist, jobs, over: count(jobs, 'over') }));
}
