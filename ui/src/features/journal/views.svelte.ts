/** The views of a journal that somebody kept: on this device, under names of their own. */
import type { App } from '$lib/app/app.svelte';
import { Draft } from '$lib/records/draft';
import { m } from '$lib/words';
import type { Journal, KeptView } from './journal.svelte';

export class KeptViews {
  #app: App;
  #kept: Draft<readonly KeptView[]>;
  all = $state.raw<readonly KeptView[]>([]);

  constructor(app: App, kind: string) {
    this.#app = app;
    this.#kept = new Draft(app, `views of ${kind}`);
  }

  async read(): Promise<void> {
    this.all = (await this.#kept.read()) ?? [];
  }

  /** Keeps how the journal looks now; the same name keeps it anew. */
  async keep(journal: Journal, name: string): Promise<void> {
    const same = this.all.find((view) => view.name === name);
    const view = journal.kept(same?.id ?? crypto.randomUUID(), name);
    await this.#write([...this.all.filter(({ id }) => id !== view.id), view]);
    journal.view = view.id;
    this.#app.toasts.say(m.view_kept({ name }));
  }

  async forget(view: KeptView): Promise<void> {
    const before = this.all;
    await this.#write(before.filter(({ id }) => id !== view.id));
    this.#app.toasts.say(m.view_forgotten({ name: view.name }), () => void this.#write(before));
  }

  async #write(views: readonly KeptView[]): Promise<void> {
    this.all = views;
    this.#kept.keep(views);
    await this.#kept.rest();
  }
}
