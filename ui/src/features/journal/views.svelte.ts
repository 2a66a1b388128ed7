/** The views of a journal that somebody kept: on this device, under names of their own, in their order. */
import type { App } from '$lib/app/app.svelte';
import type { DocumentId, Kind, ViewOfJournal } from '$lib/bindings';
import { m } from '$lib/words';
import type { Journal, KeptView } from './journal.svelte';

export class KeptViews {
  #app: App;
  #kind: Kind;
  all = $state.raw<readonly KeptView[]>([]);

  constructor(app: App, kind: Kind) {
    this.#app = app;
    this.#kind = kind;
  }

  async read(): Promise<void> {
    this.#take(await this.#app.ask('saved_views', { kind: this.#kind }));
  }

  /** Keeps how the journal looks now; the same name keeps it anew. */
  async keep(journal: Journal, name: string): Promise<void> {
    const same = this.all.find((view) => view.name === name);
    const view = journal.kept(same?.id ?? crypto.randomUUID(), name);
    if (!(await this.#write(view))) return;
    journal.view = view.id;
    this.#app.toasts.say(m.view_kept({ name }));
  }

  async rename(view: KeptView, name: string): Promise<void> {
    if (name === view.name || !(await this.#write({ ...view, name }))) return;
    this.#app.toasts.say(m.view_renamed({ name }), () => void this.#write(view));
  }

  /** One place earlier in the menu, or later. */
  async move(view: KeptView, by: -1 | 1): Promise<void> {
    const ids = this.all.map(({ id }) => id);
    const from = ids.indexOf(view.id);
    ids.splice(from, 1);
    ids.splice(from + by, 0, view.id);
    await this.#order(ids);
  }

  async forget(view: KeptView): Promise<void> {
    const ids = this.all.map(({ id }) => id);
    if (!this.#take(await this.#app.ask('forget_view', { kind: this.#kind, id: view.id }))) return;
    this.#app.toasts.say(m.view_forgotten({ name: view.name }), () => {
      void this.#write(view).then(() => this.#order(ids));
    });
  }

  async #order(ids: DocumentId[]): Promise<void> {
    this.#take(await this.#app.ask('order_views', { kind: this.#kind, ids }));
  }

  async #write({ id, name, ...look }: KeptView): Promise<boolean> {
    const view = { id, name, body: look };
    return this.#take(await this.#app.ask('keep_view', { kind: this.#kind, view }));
  }

  #take(views: readonly ViewOfJournal[] | undefined): boolean {
    // The screens alone write how a view looks, so its type is taken on trust.
    if (views) this.all = views.map(({ id, name, body }) => ({ ...(body as KeptView), id, name }));
    return views !== undefined;
  }
}
