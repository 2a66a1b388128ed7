/**
 * The steps of a record's work, one at a time. Whoever presses the button again while a step is being written, or
 * before anybody could have read what it says now, meant the step before: the button shows that it waits.
 */

/** How long the button waits after it says the next step: a double press is over by then. */
const SETTLES_MS = 400;

export class Steps {
  #writes = $state(false);
  #settles = $state(false);
  /** Whether the button for the next step waits. */
  waits: boolean = $derived(this.#writes || this.#settles);

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
}
