/** Work that waits for somebody at a desk: how many records each list of it has, counted on this device. */
import { again, onceAtRest } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { now, today } from '$lib/app/clock.svelte';
import type { ColumnView } from '$lib/bindings';
import type { IconName } from '$lib/icons/names';
import type { JournalKind } from '$lib/records/journals';
import { filtersOf } from './conditions';
import { JOURNALS, type JournalSpec } from './kinds';

/** A ready view of a journal that is work to do as long as it has records. */
export interface Worklist {
  kind: JournalKind;
  view: string;
  icon: IconName;
  /** Due work is late. */
  urgency: 'normal' | 'due';
}

export const WORKLISTS: readonly Worklist[] = [
  { kind: 'visit', view: 'unassigned', icon: 'user', urgency: 'normal' },
  { kind: 'visit', view: 'overdue', icon: 'clock', urgency: 'due' },
  { kind: 'complaint', view: 'new', icon: 'horn', urgency: 'normal' },
];

/** What is late becomes so by the clock alone. */
const EVERY_MS = 60_000;

export class WorkCounts {
  #app: App;
  #known = new Map<JournalKind, readonly ColumnView[]>();
  #counts = $state.raw<ReadonlyMap<Worklist, number>>(new Map());

  constructor(app: App) {
    this.#app = app;
  }

  of(list: Worklist): number {
    return this.#counts.get(list) ?? 0;
  }

  /** Counts, and counts again whenever something changed, until the answer is called. */
  open(): () => void {
    void this.#read();
    const stop = onceAtRest((happened) => this.#app.onChange(happened), this.#read);
    const timer = setInterval(() => void this.#read(), EVERY_MS);
    return () => {
      stop();
      clearInterval(timer);
    };
  }

  #read = again(async () => {
    const counts = new Map<Worklist, number>();
    // What could not be counted is as it was.
    for (const list of WORKLISTS) counts.set(list, (await this.#count(list)) ?? this.of(list));
    this.#counts = counts;
  });

  async #count({ kind, view }: Worklist): Promise<number | undefined> {
    const spec: JournalSpec = JOURNALS[kind];
    const known = this.#known.get(kind) ?? (await this.#app.ask('journal_columns', { kind }));
    if (!known) return undefined;
    this.#known.set(kind, known);
    const conditions = spec.views.find(({ id }) => id === view)?.conditions ?? [];
    const total = await this.#app.ask('journal_total', {
      kind,
      columns: [],
      filters: filtersOf(known, conditions, today(), now()),
      sort: [spec.sort],
      page: { after: null, limit: 1 },
      search: null,
      show: 'standing',
    });
    return total?.count;
  }
}
