/** When what is typed is saved: as soon as typing rests, and every so often while it goes on. */
import { untrack } from 'svelte';

/** How long typing rests before what is typed is saved, milliseconds. */
const REST_MS = 500;
/** The longest that what is typed waits for a rest, milliseconds: so much is lost at most when the device dies. */
const LONGEST_MS = 1000;

type Timer = ReturnType<typeof setTimeout>;

export class Pace {
  #save: () => void;
  #resting = $state.raw<Timer>();
  #longest: Timer | undefined;

  /** `save` is called each time that what is typed is to be saved. */
  constructor(save: () => void) {
    this.#save = save;
  }

  /** Whether typing goes on: it has not rested yet. */
  get goesOn(): boolean {
    return this.#resting !== undefined;
  }

  /** Something was typed. */
  type(): void {
    this.#restNoMore();
    this.#resting = setTimeout(() => {
      this.stop();
      this.#save();
    }, REST_MS);
    this.#longest ??= setTimeout(() => {
      this.#longest = undefined;
      this.#save();
    }, LONGEST_MS);
  }

  /** Waits no longer: what was typed is saved, or given up. */
  stop(): void {
    this.#restNoMore();
    clearTimeout(this.#longest);
    this.#resting = this.#longest = undefined;
  }

  /** Whoever types in an effect is not to be run again by it. */
  #restNoMore(): void {
    clearTimeout(untrack(() => this.#resting));
  }
}
