/** Search over everything on this device, as one types. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { recordPath } from '$lib/app/paths';
import type { Found, Kind } from '$lib/bindings';

/** Kinds that are shown at a desk only. */
const AT_A_DESK: readonly Kind[] = ['team', 'role', 'directory_entry'];

export class Search {
  #app: App;
  /** So many of a kind are shown; whoever sees more than these types on. */
  #ofAKind: number;
  text = $state('');
  #looked = $state('');
  /** What was found, and for which words; nothing before anybody typed. */
  found = $state.raw<{ text: string; lines: readonly Found[] }>();

  constructor(app: App, ofAKind: number) {
    this.#app = app;
    this.#ofAKind = ofAKind;
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
    this.text = text;
    void this.#look();
  }

  #look = again(async () => {
    const text = this.text.trim();
    if (text === '') {
      this.found = undefined;
      this.#looked = '';
      return;
    }
    const lines = await this.#app.ask('search', { text, of_a_kind: this.#ofAKind });
    if (lines) this.found = { text, lines: lines.filter((line) => this.#opens(line)) };
    this.#looked = text;
  });
}
