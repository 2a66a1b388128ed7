/** How many records of each kind name the one on the page: a page lists the newest, and says how many there are. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import type { DocumentId } from '$lib/bindings';
import { number } from '$lib/format/number';
import type { JournalKind } from '$lib/records/journals';

export class LinkedTotals {
  #app: App;
  #id: DocumentId;
  #column: string;
  #kinds: readonly JournalKind[];
  #totals = $state.raw<ReadonlyMap<JournalKind, number>>(new Map());

  /** `column` is the one that names the record, in every one of `kinds`. */
  constructor(app: App, id: DocumentId, column: string, kinds: readonly JournalKind[]) {
    this.#app = app;
    this.#id = id;
    this.#column = column;
    this.#kinds = kinds;
  }

  of(kind: JournalKind): number | undefined {
    return this.#totals.get(kind);
  }

  /** How many there are; empty while they are counted. */
  text(kind: JournalKind): string {
    const total = this.of(kind);
    return total === undefined ? '' : number(total);
  }

  /** Keeps them current until the answer is called. */
  open(): () => void {
    void this.#read();
    return this.#app.onChange(() => void this.#read());
  }

  #read = again(async () => {
    const totals = new Map(this.#totals);
    for (const kind of this.#kinds) {
      const total = await this.#app.ask('journal_total', {
        kind,
        columns: [],
        filters: [{ is: 'equals', column: this.#column, value: this.#id }],
        sort: [],
        page: { after: null, limit: 1 },
        search: null,
        show: 'standing',
      });
      if (total) totals.set(kind, total.count);
    }
    this.#totals = totals;
  });
}
