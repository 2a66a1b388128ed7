/** My work as a journal for the thumb: visits and cards, what is ahead and what is past, found by words. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { now } from '$lib/app/clock.svelte';
import type { Cursor, Filter, JournalCell, JournalPage, JournalRow, ListQuery } from '$lib/bindings';

export type MineKind = 'visit' | 'service_card';
export type Stretch = 'ahead' | 'past' | 'all';

const PAGE = 40;
const COLUMNS = {
  visit: ['label', 'customer', 'equipment', 'state', 'window_start', 'card', 'overdue_from'],
  service_card: ['label', 'customer', 'equipment', 'state', 'next_visit_start', 'title', 'percent'],
} as const satisfies Record<MineKind, readonly string[]>;

export class Mine {
  #app: App;
  kind = $state<MineKind>('visit');
  stretch = $state<Stretch>('ahead');
  words = $state('');
  rows = $state.raw<readonly JournalRow[]>([]);
  /** How many fit in all; nothing until they were read. */
  total = $state<number>();
  /** Of which kind the rows are that stand there. */
  shown = $state<MineKind>('visit');
  #pages = 1;

  constructor(app: App) {
    this.#app = app;
  }

  /** Reads, and reads again whenever something changed, until the answer is called. */
  open(): () => void {
    void this.#read();
    return this.#app.onChange(() => void this.#read());
  }

  choose(kind: MineKind): void {
    this.kind = kind;
    this.#anew();
  }

  limit(stretch: Stretch): void {
    this.stretch = stretch;
    this.#anew();
  }

  find(words: string): void {
    this.words = words;
    this.#anew();
  }

  get hasMore(): boolean {
    return this.total !== undefined && this.rows.length < this.total;
  }

  more(): void {
    this.#pages += 1;
    void this.#read();
  }

  cell(row: JournalRow, name: string): JournalCell {
    const columns: readonly string[] = COLUMNS[this.shown];
    return row.cells[columns.indexOf(name)] ?? null;
  }

  #anew(): void {
    this.#pages = 1;
    void this.#read();
  }

  #query(after: Cursor | null): ListQuery {
    const text = this.words.trim();
    const by = this.kind === 'visit' ? 'window_start' : 'next_visit_start';
    // What is ahead begins with the next; what is past, with the last.
    const direction = this.stretch === 'ahead' ? 'ascending' : 'descending';
    return {
      kind: this.kind,
      columns: [...COLUMNS[this.kind]],
      filters: this.#filters(by),
      sort: [{ column: by, direction, nulls: 'last' }],
      page: { after, limit: PAGE },
      search: text === '' ? null : { text, depth: 'words' },
      show: 'standing',
    };
  }

  #filters(by: string): Filter[] {
    const me = this.#app.me?.employee.document;
    // A device of the field holds the cards of its own visits, and few others.
    const mine: Filter[] =
      this.kind === 'visit' && me !== undefined ? [{ is: 'includes', field: 'specialists', value: me }] : [];
    const midnight = Math.floor(new Date(now()).setHours(0, 0, 0, 0) / 1000);
    const past: Filter = { is: 'between', column: by, from: null, to: midnight - 1 };
    switch (this.stretch) {
      case 'all':
        return mine;
      case 'past':
        // A card without a visit ahead of it is over, or nobody planned one.
        return [...mine, this.kind === 'visit' ? past : { is: 'is_empty', column: by }];
      case 'ahead':
        return [...mine, { is: 'between', column: by, from: midnight, to: null }];
    }
  }

  #read = again(async () => {
    const [kind, rows]: [MineKind, JournalRow[]] = [this.kind, []];
    const total = await this.#app.ask('journal_total', this.#query(null));
    let after: Cursor | null = null;
    for (let page = 0; page < this.#pages; page += 1) {
      const answer: JournalPage | undefined = await this.#app.ask('journal', this.#query(after));
      if (!answer) return;
      rows.push(...answer.rows);
      after = answer.next;
      if (after === null) break;
    }
    this.shown = kind;
    this.rows = rows;
    this.total = total?.count;
  });
}
