/**
 * The rows of a journal, read as they are looked at.
 *
 * The device pages by the last row seen, not by number. What is known of the way there is kept, so that a
 * jump into the middle of a hundred thousand rows walks it once, in strides that carry ids only.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Cursor, DocumentId, JournalPage, JournalRow, ListQuery } from '$lib/bindings';
import type { Line, Lines } from '$lib/components/table/table.svelte';

/** Rows read at once: what a laptop's screen shows. Their names and their way to the page are most of the wait. */
export const PAGE = 50;
/** Pages in the longest stride that the device allows. */
const STRIDE = 20;

export type Ask = (query: ListQuery) => Promise<JournalPage | undefined>;

/** A part of a journal that is paged as a whole: all of it, or a group. */
export class Part {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** How many rows it has, or is taken to have until that is known. */
  count = $state(0);
  /** Its last page was read, so `count` is known. */
  ended = false;
  /** Called when more of it has been read. */
  onread: (() => void) | undefined;
  #ask: Ask;
  #query: ListQuery;
  #pages = new SvelteMap<number, readonly JournalRow[]>();
  #starts = new Map<number, Cursor | null>([[0, null]]);
  #wanted: number[] = [];
  #reading = false;
  /** The same part before something changed: it stands there until it is read anew. */
  #before: Part | undefined;

  constructor(
    head: { id: string; title: string; note: string; count: number },
    query: ListQuery,
    ask: Ask,
    before?: Part,
  ) {
    this.id = head.id;
    this.title = head.title;
    this.note = head.note;
    this.count = head.count;
    this.#query = query;
    this.#ask = ask;
    this.#before = before;
    if (before) before.#before = undefined;
  }

  at(index: number): JournalRow | undefined {
    const page = this.#pages.get(Math.floor(index / PAGE));
    if (page) return page[index % PAGE];
    this.#want(Math.floor(index / PAGE));
    return this.#before?.held(index);
  }

  /** The row when it has been read. */
  held(index: number): JournalRow | undefined {
    return this.#pages.get(Math.floor(index / PAGE))?.[index % PAGE];
  }

  /** Where a row stands, as far as that is known. */
  find(document: DocumentId): number | undefined {
    for (const [page, rows] of this.#pages) {
      const place = rows.findIndex((row) => row.document === document);
      if (place >= 0) return page * PAGE + place;
    }
    const before = this.#before?.find(document);
    return before === undefined || this.#pages.has(Math.floor(before / PAGE)) ? undefined : before;
  }

  /** Reads the first page, so that it stands there when the part is shown. False when the device cannot. */
  async begin(): Promise<boolean> {
    if (this.count > 0) await this.#read(0);
    return this.count === 0 || this.#pages.has(0);
  }

  #want(page: number): void {
    if (this.#wanted.at(-1) === page) return;
    // Of a fast scroll only the last screen matters.
    this.#wanted = [...this.#wanted.filter((one) => one !== page).slice(-2), page];
    if (this.#reading) return;
    this.#reading = true;
    // What is drawn must not change while it is drawn.
    queueMicrotask(() => void this.#readWanted());
  }

  async #readWanted(): Promise<void> {
    for (let page = this.#wanted.pop(); page !== undefined; page = this.#wanted.pop()) {
      if (!this.#pages.has(page)) await this.#read(page);
    }
    this.#reading = false;
  }

  async #read(page: number): Promise<void> {
    // Without waiting where it is known: the device is asked before the page draws what else has changed.
    const known = this.#starts.get(page);
    const after = known === undefined ? await this.#start(page) : known;
    if (after === undefined) return;
    const answer = await this.#ask({ ...this.#query, page: { after, limit: PAGE } });
    if (!answer) return;
    if (answer.next) this.#starts.set(page + 1, answer.next);
    this.ended ||= answer.next === null;
    if (answer.next === null) this.count = page * PAGE + answer.rows.length;
    this.#pages.set(page, answer.rows);
    this.onread?.();
  }

  /** Where a page begins; nothing when the part is not that long any more. */
  async #start(page: number): Promise<Cursor | null | undefined> {
    let near = Math.max(...[...this.#starts.keys()].filter((known) => known <= page));
    while (near < page) {
      const stride = Math.min(page - near, STRIDE);
      const after = this.#starts.get(near) ?? null;
      const answer = await this.#ask({ ...this.#query, columns: [], page: { after, limit: stride * PAGE } });
      if (!answer?.next) return undefined;
      near += stride;
      this.#starts.set(near, answer.next);
    }
    return this.#starts.get(page);
  }
}

/** All parts one below the other, with their heads when there are groups. */
export class JournalLines implements Lines<JournalRow> {
  readonly parts: readonly Part[];
  readonly #grouped: boolean;
  readonly #isOpen: (part: string) => boolean;
  /** Where each part begins, and behind them where the last ends: a table asks for its lines one by one. */
  readonly #starts: readonly number[] = $derived.by(() => {
    const starts = [0];
    let end = 0;
    for (const part of this.parts) starts.push((end += this.#span(part)));
    return starts;
  });

  constructor(parts: readonly Part[], grouped: boolean, isOpen: (part: string) => boolean) {
    this.parts = parts;
    this.#grouped = grouped;
    this.#isOpen = isOpen;
  }

  get length(): number {
    return this.#starts.at(-1) ?? 0;
  }

  at(index: number): Line<JournalRow> | undefined {
    const found = this.#find(index);
    if (!found) return undefined;
    const { part, start } = found;
    if (this.#grouped && index === start) {
      const { id, title, note } = part;
      return { kind: 'group', id, title, note, open: this.#isOpen(id) };
    }
    const row = part.at(index - start - (this.#grouped ? 1 : 0));
    return row && { kind: 'row', id: row.document, row };
  }

  /** Where the line of a row, or the head of a group, stands, as far as that is known. */
  find(id: string): number | undefined {
    let start = 0;
    for (const part of this.parts) {
      if (this.#grouped && part.id === id) return start;
      const place = this.#isOpen(part.id) ? part.find(id) : undefined;
      if (place !== undefined) return start + (this.#grouped ? 1 : 0) + place;
      start += this.#span(part);
    }
    return undefined;
  }

  head(index: number): number | undefined {
    return this.#grouped ? this.#find(index)?.start : undefined;
  }

  get heads(): ReadonlySet<number> {
    return new Set(this.#grouped ? this.#starts.slice(0, -1) : []);
  }

  #start(part: number): number {
    return this.#starts[part] ?? this.length;
  }

  #span(part: Part): number {
    return (this.#grouped ? 1 : 0) + (this.#isOpen(part.id) ? part.count : 0);
  }

  #find(index: number): { part: Part; start: number } | undefined {
    let [first, last] = [0, this.parts.length];
    while (first < last) {
      const middle = (first + last) >> 1;
      if (index < this.#start(middle + 1)) last = middle;
      else first = middle + 1;
    }
    const part = this.parts[first];
    return part && { part, start: this.#start(first) };
  }
}
