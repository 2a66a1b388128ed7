/** What is typed and could not be saved for now is saved again without anybody's doing, ever less often. */
import type { App } from '$lib/app/app.svelte';
import { passes, problemText } from '$lib/app/problems';
import type { Problem } from '$lib/backend/backend';

/** How long it waits first, milliseconds; each time that fails too it waits twice as long, up to the longest. */
const FIRST_MS = 2_000;
const LONGEST_MS = 30_000;

export class Retry {
  #app: App;
  #save: () => void;
  #pause = FIRST_MS;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  /** The save under way is one that nobody asked for. */
  #isOwn = false;
  /** Why it is not saved, as it was said last. */
  #said: { toast: number; text: string } | undefined;

  /** `save` is called each time that what is typed is to be saved again. */
  constructor(app: App, save: () => void) {
    this.#app = app;
    this.#save = save;
  }

  /** Waits no longer: a person has it saved now, or gives it up. */
  stop(): void {
    clearTimeout(this.#waiting);
    this.#isOwn = false;
  }

  /** It was not saved. Says why, but not again each time it tries by itself; tries again unless it is refused for good. */
  failed(problem: Problem): void {
    clearTimeout(this.#waiting);
    this.#say(problemText(problem));
    if (!passes(problem)) return;
    this.#pause = this.#isOwn ? Math.min(this.#pause * 2, LONGEST_MS) : FIRST_MS;
    this.#waiting = setTimeout(() => {
      this.#isOwn = true;
      this.#save();
    }, this.#pause);
  }

  /** Nothing stands unsaved any more, and nothing says so. */
  saved(): void {
    this.stop();
    if (this.#said) this.#app.toasts.dismiss(this.#said.toast);
    this.#said = undefined;
  }

  /** In the work alone: behind the lock nobody is to read of it. */
  #say(text: string): void {
    const { toasts } = this.#app;
    const said = this.#said;
    const stands = said !== undefined && toasts.shown.some(({ id }) => id === said.toast);
    if (text === said?.text && (this.#isOwn || stands)) return;
    this.#said = { text, toast: toasts.say(text) };
  }
}
