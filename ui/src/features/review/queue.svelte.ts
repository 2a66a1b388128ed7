/** What waits for somebody at a desk: read from this device, and from the office where it answers. */
import { SvelteMap } from 'svelte/reactivity';
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { problemText } from '$lib/app/problems';
import { CallError } from '$lib/backend/backend';
import type { ConflictView, Decided, Done, RecordHead, ReviewLine } from '$lib/bindings';
import { linesOf, TableState } from '$lib/components/table/table.svelte';
import { OpenSheet } from '$lib/records/sheet.svelte';
import { Steps } from '$lib/records/steps.svelte';
import { m } from '$lib/words';
import { itemsOf, refusedItem, type ReviewItem, type ReviewKind, type Source } from './items';

/** So many pages of the office's queue are read; more is not decided in one sitting. */
const PAGES = 5;

/** Whether the office's part of the list is here. */
export type OfficePart =
  | { is: 'here' }
  | { is: 'asking' }
  /** Only who may review is given it. */
  | { is: 'none' }
  | { is: 'unreachable' }
  | { is: 'failed'; why: string };

/** What is said to whoever wrote it. */
interface Answer {
  accept: boolean;
  answer?: string;
  /** The form of the answer, to be forgotten with it. */
  form?: string;
}

export class ReviewQueue {
  readonly table = new TableState();
  /** Asks why a line is declined, by its id: it is said again in another language, and decided once. */
  readonly sheet: OpenSheet<string>;
  /** What is accepted or kept, one after the other: it cannot be taken back, so nobody decides what they have not seen. */
  /** The decisions on their way, by line: the office may take long, and the others are decided meanwhile. */
  #lines = new SvelteMap<string, Steps>();
  /** The line that took the place of a decided one. */
  #next = new Steps();
  #app: App;
  #refused = $state.raw<readonly ReviewLine[]>([]);
  #heads = $state.raw<readonly RecordHead[]>();
  /** How many records with something to decide are not read. */
  more = $state(0);
  office = $state.raw<OfficePart>({ is: 'asking' });
  /** Only this kind is shown; all without one. */
  only = $state<ReviewKind>();
  /** The line that is chosen, and its place in the list, which the next one takes when it goes. */
  #chosen = $state<string>();

  #isDeclining = $state(false);

  constructor(app: App) {
    this.#app = app;
    this.sheet = new OpenSheet(app, 'review');
  }

  readonly all = $derived.by(() => [
    ...(this.#heads ?? []).flatMap(itemsOf),
    // Last: they come later, and nothing above them jumps.
    ...this.#refused.map(refusedItem),
  ]);
  readonly items = $derived(
    this.all.filter(({ source }) => this.only === undefined || source.of === this.only),
  );
  readonly lines = $derived(linesOf(this.items, ({ id }) => id));
  readonly chosen = $derived(
    this.items.find(({ id }) => id === this.#chosen) ??
      this.items[Math.min(this.table.cursor, this.items.length - 1)],
  );
  /** What is declined. */
  readonly declined = $derived.by(() => this.all.find(({ id }) => id === this.sheet.of));
  /** Whether what was to be declined waits no more: everything that waits is here, and it is not among it. */
  readonly isGone = $derived.by(() => !this.#isDeclining && this.#lacks(this.sheet.of));
  /** Whether everything there is has been read once. */
  readonly isRead = $derived(this.#heads !== undefined && this.office.is !== 'asking');

  count(kind: ReviewKind): number {
    return this.all.filter(({ source }) => source.of === kind).length;
  }

  /** Keeps the list current until the answer is called. */
  open(): () => void {
    void this.#readHere();
    void this.askOffice();
    void this.sheet.read();
    return this.#app.onChange(() => {
      void this.#readHere();
      void this.askOffice();
    });
  }

  show(only: ReviewKind | undefined): void {
    this.only = only;
    this.table.cursor = 0;
    this.choose(this.items[0]);
  }

  choose(item: ReviewItem | undefined): void {
    this.#chosen = item?.id;
    this.table.selected.clear();
    if (!item) return;
    this.table.selected.add(item.id);
    this.table.cursor = this.items.findIndex(({ id }) => id === item.id);
  }

  async accept(item: ReviewItem): Promise<void> {
    await this.#decide(item, async () => {
      const done = await this.#answer(item.source, { accept: true });
      if (done) this.#app.decided(m.review_done_accepted());
      await this.#reread(item.source);
    });
  }

  /** What comes so fast behind another decision was meant for the line before. */
  async #decide(item: ReviewItem | undefined, decide: () => Promise<void>): Promise<void> {
    if (!item || this.waits) return;
    const line = this.#lines.get(item.id) ?? new Steps();
    this.#lines.set(item.id, line);
    await line.take(decide);
    await this.#next.take(() => Promise.resolve());
  }

  /** Whether the chosen line hears no decision: one of it is on its way, or it has just come. */
  get waits(): boolean {
    const own = this.chosen && this.#lines.get(this.chosen.id);
    return this.#next.waits === true || own?.waits === true;
  }

  async decline(item: ReviewItem, answer: string): Promise<void> {
    this.#isDeclining = true;
    const say = (form: string) => this.#answer(item.source, { accept: false, answer, form });
    const done = await this.sheet.answer(say);
    if (done) this.#app.decided(m.review_done_declined());
    await this.#reread(item.source);
    // Somebody decided before, which was said: the sheet has nothing to ask any more.
    if (this.#lacks(this.sheet.of)) this.sheet.settle();
    this.#isDeclining = false;
  }

  #lacks(id: string | undefined): boolean {
    const known = this.#heads !== undefined && (this.office.is === 'here' || this.office.is === 'none');
    return id !== undefined && known && !this.all.some((one) => one.id === id);
  }

  /** Leaves one of the values of a conflict. */
  async keep(head: RecordHead, conflict: ConflictView, side: number): Promise<void> {
    const value = conflict.sides[side]?.value;
    if (value === undefined) return;
    const { document, heads: seen } = head;
    const asked = { document, path: conflict.path, seen, value };
    await this.#decide(this.chosen, async () => {
      if (await this.#app.ask('decide_conflict', asked)) this.#app.decided(m.done_decided());
      await this.#readHere();
    });
  }

  async #answer(source: Source, answer: Answer): Promise<Decided | Done | undefined> {
    if (source.of === 'refused') {
      return this.#app.ask('decide_review', { envelope: source.line.envelope, ...answer });
    }
    if (source.of !== 'proposal') return undefined;
    const { head, proposal } = source;
    const { document, heads: seen } = head;
    return this.#app.ask('answer_proposal', { document, row: proposal.row, seen, ...answer });
  }

  /** Also when it was said no to: somebody decided before, and it waits no more. */
  async #reread({ of }: Source): Promise<void> {
    await (of === 'refused' ? this.askOffice() : this.#readHere());
  }

  #readHere = again(async () => {
    const queue = await this.#app.ask('desk_queue', {});
    if (!queue) return;
    this.#heads = queue.records;
    this.more = queue.more;
    this.#keepChosen();
  });

  /** Reads the office's queue; what was read before stays when it does not answer. */
  askOffice = again(async () => {
    if (!(this.#app.me?.abilities.includes('review') ?? false)) {
      this.office = { is: 'none' };
      return;
    }
    try {
      const lines: ReviewLine[] = [];
      let after: string | undefined;
      for (let page = 0; page < PAGES; page += 1) {
        const read = await this.#app.backend.ask('review_queue', after === undefined ? {} : { after });
        lines.push(...read.items);
        if (read.next === null) break;
        after = read.next;
      }
      this.#refused = lines;
      this.office = { is: 'here' };
    } catch (thrown) {
      const { problem } = CallError.from(thrown);
      const away = problem.code === 'relay' && problem.trouble.what === 'unreachable';
      this.office = away ? { is: 'unreachable' } : { is: 'failed', why: problemText(problem) };
    }
    this.#keepChosen();
  });

  /** What was decided is gone, and the line that took its place is chosen. */
  #keepChosen(): void {
    // Until both parts are there the first line may still change; whatever a person chose stays.
    if (this.isRead || this.#chosen !== undefined) this.choose(this.chosen);
  }
}
