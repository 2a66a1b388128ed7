/** The views of a journal that somebody kept: on this device, under names of their own, in their order. */
import type { App } from '$lib/app/app.svelte';
import type { Problem } from '$lib/backend/backend';
import type { DocumentId, Kind, ViewOfJournal } from '$lib/bindings';
import { OpenSheet } from '$lib/records/sheet.svelte';
import { m } from '$lib/words';
import type { Journal, KeptView } from './journal.svelte';

/** What is being named: the journal as it looks, which takes no place of another yet, or a view that is there. */
export interface Naming {
  of: 'kept' | 'renamed';
  view: KeptView;
}

type Failed = (problem: Problem) => void;

export class KeptViews {
  #app: App;
  #kind: Kind;
  readonly sheet: OpenSheet<Naming>;
  all = $state.raw<readonly KeptView[]>([]);

  constructor(app: App, kind: Kind) {
    this.#app = app;
    this.#kind = kind;
    this.sheet = new OpenSheet(app, `views ${kind}`);
  }

  /** Reads the views, and what was being named when the window was gone: the journal looks so again. */
  async read(journal: Journal): Promise<void> {
    this.#take(await this.#app.ask('saved_views', { kind: this.#kind }));
    await this.sheet.read();
    if (this.sheet.of) journal.showKept(this.sheet.of.view);
  }

  /** Whether another view is called so. */
  isTaken(name: string, but: KeptView): boolean {
    return this.all.some((one) => one.name === name && one.id !== but.id);
  }

  /** Gives what is being named its name. The same name keeps a view anew. */
  async name(journal: Journal, { of, view }: Naming, name: string): Promise<void> {
    if (of === 'renamed' && name === view.name) {
      this.sheet.settle();
      return;
    }
    const same = of === 'kept' ? this.all.find((one) => one.name === name) : undefined;
    const named = { ...view, id: same?.id ?? view.id, name };
    const write = async (form: string) => ((await this.#write(named, { form })) ? named : undefined);
    if (!(await this.sheet.answer(write))) return;
    journal.view = named.id;
    if (of === 'kept') this.#app.toasts.say(m.view_kept({ name }));
    else this.#app.did(m.view_renamed({ name }), (failed) => this.#write(view, { failed }), view.name);
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
    const { name } = view;
    const back = async (failed: Failed): Promise<boolean> =>
      (await this.#write(view, { failed })) && (await this.#order(ids, failed));
    this.#app.did(m.view_forgotten({ name }), back, name);
  }

  async #order(ids: DocumentId[], failed?: Failed): Promise<boolean> {
    return this.#take(await this.#app.ask('order_views', { kind: this.#kind, ids }, failed));
  }

  async #write(
    { id, name, ...look }: KeptView,
    { form, failed }: { form?: string; failed?: Failed },
  ): Promise<boolean> {
    const view = { id, name, body: look };
    const asked = { kind: this.#kind, view, ...(form !== undefined && { form }) };
    return this.#take(await this.#app.ask('keep_view', asked, failed));
  }

  #take(views: readonly ViewOfJournal[] | undefined): boolean {
    // The screens alone write how a view looks, so its type is taken on trust.
    if (views) this.all = views.map(({ id, name, body }) => ({ ...(body as KeptView), id, name }));
    return views !== undefined;
  }
}
