/** What every page may reach: the backend, where the person is, how the sync stands, toasts. */
import { createContext } from 'svelte';
import { type Backend, CallError } from '$lib/backend/backend';
import type { AppEvent, CallName, Calls, DocumentId, Done, Kind, Me, SyncView } from '$lib/bindings';
import { Toasts } from '$lib/components/toasts.svelte';
import { m } from '$lib/words';
import { again } from './again';
import { Commands } from './commands.svelte';
import { Preferences } from './preferences.svelte';
import { problemText } from './problems';
import { Router } from './router.svelte';

/** A change of one of these may change who somebody is. */
const PEOPLE: readonly (Kind | null)[] = ['employee', 'role', 'team'];

export class App {
  readonly backend: Backend;
  readonly router = new Router();
  readonly preferences = new Preferences();
  readonly toasts = new Toasts();
  readonly commands = new Commands();
  me = $state.raw<Me>();
  status = $state.raw<SyncView>();
  #listeners = new Set<(event: AppEvent) => void>();

  constructor(backend: Backend) {
    this.backend = backend;
  }

  /** Reads who works here and follows the state of the sync until the answer is called. */
  open(): () => void {
    const readMe = again(() => this.#read(async () => (this.me = await this.backend.ask('me', {}))));
    const readStatus = again(() =>
      this.#read(async () => (this.status = await this.backend.ask('sync_status', {}))),
    );
    void readMe();
    void readStatus();
    return this.backend.listen((event) => {
      for (const listener of this.#listeners) listener(event);
      void readStatus();
      const people = event.event === 'records' && event.records.some((one) => PEOPLE.includes(one.kind));
      if (people || event.event === 'everything') void readMe();
    });
  }

  /** Calls `reread` when one of these records may have changed, or any without them, until the answer is called. */
  onChange(reread: (event: AppEvent) => void, documents?: () => readonly DocumentId[]): () => void {
    const listener = (event: AppEvent): void => {
      if (concerns(event, documents?.())) reread(event);
    };
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Asks the device and says what went wrong in a toast; nothing was changed then. */
  async ask<Name extends CallName>(
    name: Name,
    asked: Calls[Name]['asked'],
  ): Promise<Calls[Name]['answer'] | undefined> {
    try {
      return await this.backend.ask(name, asked);
    } catch (thrown) {
      this.toasts.say(problemText(CallError.from(thrown).problem));
      return undefined;
    }
  }

  /** Says what was done, with the way back. */
  done(text: string, done: Done): void {
    this.toasts.say(text, () => void this.#takeBack(done));
  }

  async #takeBack(done: Done): Promise<void> {
    const undone = await this.ask('undo', done);
    if (undone) this.toasts.say(m.undone());
  }

  async #read(read: () => Promise<unknown>): Promise<void> {
    try {
      await read();
    } catch (thrown) {
      this.toasts.say(problemText(CallError.from(thrown).problem));
    }
  }
}

function concerns(event: AppEvent, documents: readonly DocumentId[] | undefined): boolean {
  switch (event.event) {
    case 'everything':
      return true;
    case 'records':
      return documents === undefined || event.records.some((one) => documents.includes(one.document));
    case 'sync':
      return false;
  }
}

export const [useApp, provideApp] = createContext<App>();
