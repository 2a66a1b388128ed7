/**
 * The steps of a record's work, one at a time. Whoever presses the button again while a step is being written, or
 * before anybody could have read what it says now, meant the step before: the button shows that it waits. Nor does
 * it hear the second half of a double press on what opened its page.
 */

/** How long the button waits after it says the next step: a double press is over by then. */
const SETTLES_MS = 400;

export class Steps {
  #writes = $state(false);
  #settles = $state(false);
  #opens = $state(false);
  /** Whether the button for the next step waits. Nobody has to see that it does while its page opens. */
  waits: boolean | 'unseen' = $derived(this.#writes || this.#settles || (this.#opens && 'unseen'));

  /** Takes a step, which is over when the page shows what came of it. Answers nothing while another is taken. */
  async take<Taken>(step: () => Promise<Taken>): Promise<Taken | undefined> {
    if (this.#writes) return undefined;
    this.#writes = true;
    try {
      return await step();
    } finally {
      this.#writes = false;
      this.#settles = true;
      setTimeout(() => (this.#settles = false), SETTLES_MS);
    }
  }

  /** The page of the button opens, maybe by a double press. */
  open(): void {
    this.#opens = true;
    setTimeout(() => (this.#opens = false), SETTLES_MS);
  }
}
