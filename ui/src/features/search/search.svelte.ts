/** Search over everything on this device, as one types. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import type { Found } from '$lib/bindings';

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
    if (lines) this.found = { text, lines };
    this.#looked = text;
  });
}
