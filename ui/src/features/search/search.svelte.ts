/** Search over everything on this device, as one types. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import type { Linked } from '$lib/bindings';

/** So many are shown; whoever sees more than these types on. */
const MOST = 50;

export class Search {
  #app: App;
  text = $state('');
  #looked = $state('');
  /** What was found, and for which words; nothing before anybody typed. */
  found = $state.raw<{ text: string; links: readonly Linked[] }>();

  constructor(app: App) {
    this.#app = app;
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
    const links = await this.#app.ask('search', { text, limit: MOST });
    if (links) this.found = { text, links };
    this.#looked = text;
  });
}
