/** What can be done where the person is: pages offer it, the command palette finds it. */
import type { IconName } from '$lib/icons/names';

export interface PageCommand {
  id: string;
  icon: IconName;
  label: string;
  /** The keys that do the same: «Ctrl+Enter», «Alt+R». */
  keys?: string;
  run: () => void;
}

export class Commands {
  #offers = $state.raw<readonly (() => readonly PageCommand[])[]>([]);

  get all(): PageCommand[] {
    return this.#offers.flatMap((offer) => [...offer()]);
  }

  /** Does what these keys are for; answers whether they are for anything. */
  press(event: KeyboardEvent): boolean {
    const command = this.all.find(({ keys }) => keys !== undefined && isPressed(event, keys));
    // Held down it is pressed once: the page may offer another step by then.
    if (!event.repeat) command?.run();
    return command !== undefined;
  }

  /** Offers commands until the answer is called; they are asked for when somebody looks for one. */
  offer(commands: () => readonly PageCommand[]): () => void {
    this.#offers = [...this.#offers, commands];
    return () => {
      this.#offers = this.#offers.filter((one) => one !== commands);
    };
  }
}

/** By the keys' places, so that they work in any layout. */
function isPressed(event: KeyboardEvent, keys: string): boolean {
  const held = keys.split('+');
  const last = held.pop();
  return (
    (event.ctrlKey || event.metaKey) === held.includes('Ctrl') &&
    event.altKey === held.includes('Alt') &&
    !event.shiftKey &&
    [last, `Key${last}`].includes(event.code)
  );
}
