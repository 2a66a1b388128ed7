/** What every page may reach: the backend, where the person is, how the sync stands, toasts. */
import { createContext } from 'svelte';
import { type Backend, BackendError } from '$lib/backend/backend';
import type { Me, Status } from '$lib/backend/views';
import { Toasts } from '$lib/components/toasts.svelte';
import { Preferences } from './preferences.svelte';
import { problemText } from './problems';
import { Router } from './router.svelte';

export class App {
  readonly backend: Backend;
  readonly router = new Router();
  readonly preferences = new Preferences();
  readonly toasts = new Toasts();
  me = $state.raw<Me>();
  status = $state.raw<Status>();

  constructor(backend: Backend) {
    this.backend = backend;
  }

  /** Reads who works here and follows the state of the sync until the answer is called. */
  open(): () => void {
    void this.attempt(async () => {
      this.me = await this.backend.me();
      this.status = await this.backend.status();
    });
    return this.backend.onChange((change) => {
      if (!change.status) return;
      void this.attempt(async () => {
        this.status = await this.backend.status();
      });
    });
  }

  /** Does something and says what went wrong in a toast; nothing was changed then. */
  async attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (thrown) {
      this.toasts.say(problemText(BackendError.from(thrown).code));
      return false;
    }
  }
}

export const [useApp, provideApp] = createContext<App>();
