/** A journal as somebody looks at it: conditions, words, order, groups, columns; and the rows that fit. */
import { untrack } from 'svelte';
import { SvelteSet } from 'svelte/reactivity';
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { now, today } from '$lib/app/clock.svelte';
import type {
  ColumnView,
  DocumentId,
  Filter,
  JournalCell,
  JournalRow,
  ListQuery,
  SortKey,
} from '$lib/bindings';
import { drawn } from '$lib/components/drawn';
import { type Column, TableState } from '$lib/components/table/table.svelte';
import type { Condition, JournalLook } from '$lib/records/journals';
import { m } from '$lib/words';
import { columnOf } from './columns';
import { filtersOf } from './conditions';
import { COUNTING, showOf, WHY } from './counting';
import { groupHeads, type Sum, sumsOf } from './groups';
import type { JournalSpec, ReadyView } from './kinds';
import { JournalLines, PAGE, Part } from './rows.svelte';

/** Columns that cells of other columns are drawn with, where the kind has them. */
const BESIDE = ['state', 'conflicts', 'overdue_from', 'window_end', 'window_start'];
/** Those that say why a record no longer counts. */
const GONE = ['withdrawn', 'merged_into'];
/** The part of a journal without groups. */
const WHOLE = 'all';
/** Above this many rows only an index puts them in order at once. */
const SORTS_WITHOUT_INDEX = 20_000;

/** So many are selected at once: one page of the device. */
export const MOST_SELECTED = 1000;
/** The sums of all rows read every row: they are asked for when somebody rests on them. Milliseconds. */
const SUMS_AFTER_MS = 600;

/** A view somebody kept: what is shown and how. */
export interface KeptView {
  id: string;
  name: string;
  conditions: readonly Condition[];
  sort: SortKey;
  group: string | null;
  order: readonly string[] | null;
  widths: readonly (readonly [string, number])[];
}

export class Journal {
  readonly spec: JournalSpec;
  readonly table = new TableState();
  #app: App;
  #known = $state.raw<readonly ColumnView[]>([]);
  /** The same by name: every cell asks. */
  readonly #named = $derived(new Map([...this.#known, COUNTING].map((one) => [one.name, one])));
  lines = $state.raw(new JournalLines([], false, () => true));
  total = $state<number>();
  /** How many there were when that was known last. */
  #size = $state<number>();
  /** What they come to; nothing while that is not known. */
  sums = $state.raw<readonly Sum[]>([]);
  /** How often other rows were looked for. */
  turned = $state(0);
  /** How many fit each ready view. */
  counts = $state.raw<Record<string, number>>({});
  view = $state<string>();
  conditions = $state.raw<readonly Condition[]>([]);
  words = $state('');
  sort = $state.raw<SortKey>();
  group = $state<string | null>(null);
  closed = new SvelteSet<string>();
  /** The columns asked for, as the rows that stand there carry them. */
  #asked: readonly string[] = [];
  /** The line that the cursor stood on when the rows were read anew, where it stands by now, and what was chosen last. */
  #pointed: { id: string; at: number; chosen: DocumentId | undefined } | undefined;
  /** Other rows are looked for than those that stand there: how many there are says nothing of them. */
  #others = true;

  /** Begins as the link says, or with the first of its ready views. */
  constructor(app: App, spec: JournalSpec, look?: JournalLook) {
    this.#app = app;
    this.spec = spec;
    this.table.order = spec.shown;
    const asked = look?.conditions ?? [];
    const view = spec.views.find(({ id }) => id === look?.view);
    if (asked.length === 0) this.#take(view ?? spec.views[0]);
    else this.conditions = [...(view?.conditions ?? []), ...asked];
  }

  /** Reads, and reads again whenever something changed, until the answer is called. */
  open(): () => void {
    void this.#read();
    // Groups are called in the language of the moment they are read in.
    let spoken = this.#app.preferences.locale;
    const speaks = $effect.root(() => {
      $effect(() => {
        const { locale } = this.#app.preferences;
        if (locale !== spoken) untrack(() => void this.#read());
        spoken = locale;
      });
    });
    void this.#count();
    const changes = this.#app.onChange(() => {
      void this.#read();
      void this.#count();
    });
    return () => [speaks, changes].forEach((stop) => stop());
  }

  columns: Column[] = $derived.by(() => {
    // Field's letters are larger.
    const scale = this.#app.preferences.density === 'field' ? 1.3 : 1;
    const columns = this.spec.columns.flatMap((name): Column[] => {
      const known = this.known(name);
      if (!known) return [];
      const edits = this.edits.includes(name);
      const column = columnOf(this.spec.kind, known, this.sorting, this.#sorts(known), edits);
      return [{ ...column, width: Math.round(column.width * scale), gives: this.#gives(name) }];
    });
    if (this.standing) return columns;
    const why: Column = {
      id: WHY,
      title: m.why_gone(),
      width: Math.round(220 * scale),
      grows: true,
      always: true,
    };
    return [...columns, why];
  });

  /** Whether it shows the records that count, not those that no longer do. */
  readonly standing = $derived(showOf(this.conditions) === 'standing');

  /** On a tablet the columns that a record is told by stay longest. */
  #gives(name: string): number {
    const place = this.spec.first.indexOf(name);
    return place < 0 ? this.spec.first.length : place;
  }

  /** Whether this person may write what the office writes here. */
  get may(): boolean {
    const me = this.#app.me;
    if (!me?.rights_known) return true;
    const section = me.sections.find((one) => one.section === this.spec.section);
    return section?.write.includes('office') ?? false;
  }

  /** The columns this person may edit in place: of what no longer counts none. */
  get edits(): readonly string[] {
    return this.may && this.standing ? this.spec.edits : [];
  }

  /** Whether this person sees anything here at all. */
  get sees(): boolean {
    const me = this.#app.me;
    return !me?.rights_known || me.sections.some((one) => one.section === this.spec.section);
  }

  get sorting(): SortKey {
    return this.sort ?? this.spec.sort;
  }

  known(name: string): ColumnView | undefined {
    return this.#named.get(name);
  }

  cell(row: JournalRow, name: string): JournalCell {
    return row.cells[this.#asked.indexOf(name)] ?? null;
  }

  #sorts(column: ColumnView): boolean {
    return column.sorts_by_index || (this.#size !== undefined && this.#size <= SORTS_WITHOUT_INDEX);
  }

  sortBy(column: string): void {
    const { column: by, direction } = this.sorting;
    const turned = by === column && direction === 'ascending' ? 'descending' : 'ascending';
    this.sort = { column, direction: turned, nulls: 'last' };
    this.#changed(this.view);
  }

  groupBy(column: string | null): void {
    this.group = column;
    this.closed.clear();
    this.#changed(this.view);
  }

  toggleGroup(id: string): void {
    if (!this.closed.delete(id)) this.closed.add(id);
  }

  find(words: string): void {
    this.words = words;
    this.#changed();
  }

  /** Puts a condition in the place of the one on the same column. */
  narrow(condition: Condition): void {
    const others = this.conditions.some(({ column }) => column === condition.column);
    this.conditions = others
      ? this.conditions.map((one) => (one.column === condition.column ? condition : one))
      : [...this.conditions, condition];
    this.#changed();
  }

  widen(column: string): void {
    this.conditions = this.conditions.filter((one) => one.column !== column);
    this.#changed();
  }

  /** Whether anything keeps records out. */
  get narrowed(): boolean {
    return this.words.trim() !== '' || this.conditions.some(({ chosen }) => chosen.length > 0);
  }

  clear(): void {
    this.words = '';
    this.conditions = [];
    this.#changed();
  }

  show(view: ReadyView): void {
    this.#take(view);
    this.#changed(view.id);
  }

  showKept(view: KeptView): void {
    this.conditions = view.conditions;
    this.sort = view.sort;
    this.group = view.group;
    this.table.order = view.order ?? this.spec.shown;
    this.table.asked.clear();
    this.table.widths.clear();
    for (const [column, width] of view.widths) this.table.widths.set(column, width);
    this.#changed(view.id);
  }

  kept(id: string, name: string): KeptView {
    const { conditions, sorting: sort, group } = this;
    const [order, widths] = [this.table.order ?? null, [...this.table.widths]];
    return { id, name, conditions, sort, group, order, widths };
  }

  /** All records that fit, as far as one page of the device goes. */
  async selectAll(): Promise<void> {
    const { turned } = this;
    const answer = await this.#app.ask('journal', this.#query([], MOST_SELECTED));
    // Other rows are looked at by now: nobody selects what they do not see.
    if (turned !== this.turned) return;
    for (const row of answer?.rows ?? []) this.table.select(row.document, 'add');
  }

  #take(view: ReadyView | undefined): void {
    if (!view) return;
    this.view = view.id;
    this.conditions = view.conditions;
  }

  #changed(view?: string): void {
    this.view = view;
    this.table.cursor = 0;
    this.table.selected.clear();
    this.#others = true;
    this.turned += 1;
    void this.#read();
  }

  #filters(conditions: readonly Condition[]): Filter[] {
    return filtersOf(this.#known, conditions, today(), now());
  }

  #query(columns: readonly string[], limit: number, conditions = this.conditions): ListQuery {
    const text = this.words.trim();
    return {
      kind: this.spec.kind,
      columns: [...columns],
      filters: this.#filters(conditions),
      sort: [this.sorting],
      page: { after: null, limit },
      search: text === '' ? null : { text, depth: 'words' },
      show: showOf(conditions),
    };
  }

  /** Learns which columns the kind has; they stay the same while the program runs. */
  async #learn(): Promise<void> {
    this.#known = (await this.#app.ask('journal_columns', { kind: this.spec.kind })) ?? [];
  }

  #read = again(async () => {
    // Without waiting where they are known: the rows are asked for before the page draws what else has changed.
    if (this.#known.length === 0) await this.#learn();
    const beside = this.standing ? BESIDE : [...BESIDE, ...GONE];
    const wanted = [...this.spec.columns, ...beside].filter((name) => this.known(name));
    const query = this.#query(wanted, 1);
    const others = this.#others;
    this.#others = false;
    const parts =
      this.group === null ? await this.#whole(query, others) : await this.#groups(query, this.group);
    if (!parts) return;
    this.#asked = wanted;
    const known = this.group !== null || parts.every((part) => part.ended);
    if (known) this.#counted(parts.reduce((sum, part) => sum + part.count, 0));
    else if (others) this.total = undefined;
    this.#point(others);
    this.lines = new JournalLines(parts, this.group !== null, (id) => !this.closed.has(id));
    this.#follow();
    this.table.cursor = Math.min(this.table.cursor, Math.max(0, this.lines.length - 1));
    if (!known) void this.#measure(parts, query);
    void this.#add(parts, query, others);
  });

  /** Keeps in mind which line the cursor stands on. */
  #point(others: boolean): void {
    const at = this.table.cursor;
    const line = this.lines.at(at);
    if (others) this.#pointed = undefined;
    else if (line) this.#pointed = { id: line.id, at, chosen: this.#chosen };
  }

  get #chosen(): DocumentId | undefined {
    return [...this.table.selected].at(-1);
  }

  /** The cursor goes along with its line where others came above it, unless somebody went on meanwhile. */
  #follow(): void {
    const pointed = this.#pointed;
    if (pointed?.at !== this.table.cursor || pointed.chosen !== this.#chosen) return;
    const place = this.lines.find(pointed.id);
    if (place !== undefined) this.table.cursor = pointed.at = place;
  }

  /** The first rows; how many follow is asked when they stand there, for that takes longer than they do. */
  async #whole(query: ListQuery, others: boolean): Promise<Part[] | undefined> {
    const before = others ? undefined : this.lines.parts.find(({ id }) => id === WHOLE);
    const part = this.#part({ id: WHOLE, title: '', note: '', count: before?.count || PAGE }, query);
    return (await part.begin()) ? [part] : undefined;
  }

  async #measure(parts: readonly Part[], query: ListQuery): Promise<void> {
    await drawn();
    if (this.lines.parts !== parts) return;
    const total = await this.#app.ask('journal_total', query);
    // Meanwhile others may stand there.
    if (!total || this.lines.parts !== parts) return;
    for (const part of parts) part.count = total.count;
    this.#counted(total.count);
  }

  async #add(parts: readonly Part[], query: ListQuery, others: boolean): Promise<void> {
    const { sums, groups } = this.spec;
    const [by] = groups;
    if (others) this.sums = [];
    if (sums.length === 0 || by === undefined) return;
    await new Promise((done) => setTimeout(done, SUMS_AFTER_MS));
    if (this.lines.parts !== parts) return;
    const added = await sumsOf(this.#app, query, { by, sums });
    if (added && this.lines.parts === parts) this.sums = added;
  }

  #counted(count: number): void {
    this.total = this.#size = count;
  }

  async #groups(query: ListQuery, by: string): Promise<Part[] | undefined> {
    const { kind, sums } = this.spec;
    const choices = this.known(by)?.choices ?? [];
    const heads = await groupHeads(this.#app, query, { kind, by, choices, sums });
    if (!heads) return undefined;
    const parts = heads.map((head) => this.#part(head, { ...query, filters: [...query.filters, head.same] }));
    await parts.find((part) => !this.closed.has(part.id))?.begin();
    return parts;
  }

  #part(head: { id: string; title: string; note: string; count: number }, query: ListQuery): Part {
    const before = this.lines.parts.find((part) => part.id === head.id);
    const part = new Part(head, query, (asked) => this.#app.ask('journal', asked), before);
    part.onread = () => this.#follow();
    return part;
  }

  #count = again(async () => {
    if (this.#known.length === 0) await this.#learn();
    // What could not be counted is as it was.
    const counts = { ...this.counts };
    for (const view of this.spec.views) {
      const query = { ...this.#query([], 1, view.conditions), search: null };
      const total = await this.#app.ask('journal_total', query);
      if (total) counts[view.id] = total.count;
    }
    this.counts = counts;
  });
}
