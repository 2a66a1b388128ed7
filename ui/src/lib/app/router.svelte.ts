/**
 * Where the person is, and what every place on the way back looked like.
 *
 * Places are fragments (`#/visits/…`), so plain links move between them. Each visit of a place is an
 * entry with a memory of its own: scroll, filter, selection, the data it showed. Back brings the entry
 * with its memory; a new link to the same place begins afresh.
 */
import { SvelteMap } from 'svelte/reactivity';
import type { Attachment } from 'svelte/attachments';
import { Kept } from './kept.svelte';

interface Mark {
  key: string;
  depth: number;
}

/** How many places back are remembered as they were; older ones begin afresh. */
const REMEMBERED = 40;

/** One stay at a place. */
export class Entry extends Kept {
  readonly key: string;
  #scrolls = new Map<string, number>();

  constructor(key: string) {
    super();
    this.key = key;
  }

  /** Keeps how far an element is scrolled, and scrolls it there when it comes back. */
  scroll(name: string): Attachment<HTMLElement> {
    return (element) => {
      element.scrollTop = this.#scrolls.get(name) ?? 0;
      const keep = (): void => void this.#scrolls.set(name, element.scrollTop);
      element.addEventListener('scroll', keep, { passive: true });
      return () => element.removeEventListener('scroll', keep);
    };
  }
}

function isMark(state: unknown): state is Mark {
  return typeof state === 'object' && state !== null && 'key' in state && 'depth' in state;
}

export class Router {
  #entries = new SvelteMap<string, Entry>();
  #mark = $state.raw<Mark>({ key: '', depth: 0 });
  /** Where the person is; empty until they went anywhere, so that each shell begins where its people work. */
  path = $state('/');
  entry: Entry = $derived(this.#entries.get(this.#mark.key) ?? new Entry(this.#mark.key));

  constructor() {
    history.scrollRestoration = 'manual';
    this.#arrive();
    addEventListener('popstate', () => this.#arrive());
  }

  go(path: string): void {
    location.hash = path;
  }

  /** Goes to a place that takes this one's: back leads past it. */
  replace(path: string): void {
    history.replaceState(
      { key: crypto.randomUUID(), depth: this.#mark.depth } satisfies Mark,
      '',
      `#${path}`,
    );
    this.#arrive();
  }

  /** Whether there is a place to go back to. */
  get isAway(): boolean {
    return this.#mark.depth > 0;
  }

  /** Where the person came from, or `otherwise` when the window was opened here. */
  back(otherwise: string): void {
    if (this.isAway) history.back();
    else this.go(otherwise);
  }

  /** Every place begins afresh, on the way back too; the person stays where they are. */
  forget(): void {
    for (const entry of this.#entries.values()) entry.forget();
    this.#entries.clear();
    this.#entries.set(this.#mark.key, new Entry(this.#mark.key));
  }

  #arrive(): void {
    // A state of ours means that somebody went back or on; none means that a link was followed.
    const came = history.state as unknown;
    const mark = isMark(came)
      ? came
      : { key: crypto.randomUUID(), depth: this.path === '/' ? 0 : this.#mark.depth + 1 };
    if (mark !== came) history.replaceState(mark, '');
    if (!this.#entries.has(mark.key)) this.#entries.set(mark.key, new Entry(mark.key));
    for (const [key, entry] of [...this.#entries].slice(0, -REMEMBERED)) {
      if (key === mark.key) continue;
      entry.forget();
      this.#entries.delete(key);
    }
    this.#mark = mark;
    this.path = location.hash.replace(/^#/, '');
  }
}
