/** What can be done where the person is: pages offer it, the command palette finds it. */
import type { IconName } from '$lib/icons/names';

export interface PageCommand {
  id: string;
  icon: IconName;
  label: string;
  /** The keys that do the same. */
  keys?: string;
  run: () => void;
}

export class Commands {
  #offers = $state.raw<readonly (() => readonly PageCommand[])[]>([]);

  get all(): PageCommand[] {
    return this.#offers.flatMap((offer) => [...offer()]);
  }

  /** Offers commands until the answer is called; they are asked for when somebody looks for one. */
  offer(commands: () => readonly PageCommand[]): () => void {
    this.#offers = [...this.#offers, commands];
    return () => {
      this.#offers = this.#offers.filter((one) => one !== commands);
    };
  }
}
