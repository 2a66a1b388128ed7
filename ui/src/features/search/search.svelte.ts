/** Search over everything on this device, as one types. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { recordPath } from '$lib/app/paths';
import type { Found, Kind } from '$lib/bindings';

/** Kinds that are shown at a desk only. */
const AT_A_DESK: readonly Kind[] = ['team', 'role', 'directory_entry'];

/** A device looks through 200 of a kind: up to here it can tell whether there is one more. */
const MOST = 199;

export class Search {
  #app: App;
  /** So many of a kind are shown at first. */
  #few: number;
  /** So many of a kind are shown. */
  #ofAKind: number;
  text = $state('');
  #looked = $state('');
  /** What was found, for which words, and whether more may be shown; nothing before anybody typed. */
  found = $state.raw<{ text: string; lines: readonly Found[]; rest: 'none' | 'to_show' | 'too_much' }>();

  constructor(app: App, few: number) {
    this.#app = app;
    this.#few = this.#ofAKind = few;
  }

  /** Whether what was found is for the words that stand there. */
  get settled(): boolean {
    return this.#looked === this.text.trim();
  }

  /** Whether this person has a place to see it at: there is no other use in finding it. */
  #opens({ link }: Found): boolean {
    const desk = link.kind !== null && AT_A_DESK.includes(link.kind);
    return recordPath(link) !== undefined && (!desk || (this.#app.me?.at_a_desk ?? false));
  }

  type(text: string): void {
    if (text.trim() !== this.text.trim()) this.#ofAKind = this.#few;
    this.text = text;
    void this.#look();
  }

  /** Shows more of each kind. */
  more(): void {
    this.#ofAKind = Math.min(this.#ofAKind * 3, MOST);
    void this.#look();
  }

  #look = again(async () => {
    const text = this.text.trim();
    if (text === '') {
      this.found = undefined;
      this.#looked = '';
      return;
    }
    // One more than is shown tells whether there are more.
    const most = this.#ofAKind;
    const found = await this.#app.ask('search', { text, of_a_kind: most + 1 });
    if (found) {
      const opened = found.filter((line) => this.#opens(line));
      const lines = firstOfEach(most, opened);
      const isCut = lines.length < opened.length;
      this.found = { text, lines, rest: !isCut ? 'none' : most < MOST ? 'to_show' : 'too_much' };
    }
    this.#looked = text;
  });
}

function firstOfEach(most: number, lines: readonly Found[]): Found[] {
  const counts = new Map<Kind | null, number>();
  return lines.filter(({ link: { kind } }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= most;
  });
}
