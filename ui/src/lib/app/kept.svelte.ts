/** State that outlives the components that show it. */
import { untrack } from 'svelte';

/** What is kept, each by its name, until all of it is let go. */
export class Kept {
  #kept = new Map<string, unknown>();
  #stops: (() => void)[] = [];

  /** What was kept under `name`, or what `make` makes now. A name always holds one type. */
  kept<Value>(name: string, make: () => Value): Value {
    if (!this.#kept.has(name)) {
      // A root of its own: what is derived in a component dies with it, and this has to outlive the page.
      const stop = $effect.root(() => {
        this.#kept.set(name, untrack(make));
      });
      this.#stops.push(stop);
    }
    return this.#kept.get(name) as Value;
  }

  /** Lets go of everything kept. */
  forget(): void {
    for (const stop of this.#stops.splice(0)) stop();
    this.#kept.clear();
  }
}
