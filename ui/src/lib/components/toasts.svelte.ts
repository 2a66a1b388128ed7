/** Short words about what just happened, with the way back: «Роботу записано. Скасувати». */

/** One of them. */
export interface Toast {
  id: number;
  text: string;
  /** Takes the thing back. */
  undo?: () => void;
  /** The address of what it is about. */
  href?: string;
  /** Where it was said; nothing for what belongs to no place. */
  place?: unknown;
  /** Something newer that can be taken back has its place on the screen. */
  covered: boolean;
}

/** How long a toast stays, milliseconds; long enough to read and reach with a glove. */
const STAYS_MS = 8_000;
/** So many that end with their toasts can be taken back. */
const UNDOABLE = 3;
/** So much of what was done can be taken back, however long ago it was. */
const DONE = 20;

/**
 * What was said of late. The newest stands on the screen, and beside it the way back of the last thing done
 * when the newest has none: no failure takes an undo away. What can be taken back goes along to the next
 * page, what only tells of a page ends with it.
 */
export class Toasts {
  /** What was done, the newest last: taken back, or told why it cannot be. */
  #done: readonly { id: number; undo: () => void }[] = [];
  #all = $state.raw<readonly Toast[]>([]);
  #next = 0;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();
  #place: () => unknown;

  /** `place` tells where the person is. */
  constructor(place: () => unknown) {
    this.#place = place;
  }

  /** What stands on the screen, the newest last: two at most. */
  get shown(): readonly Toast[] {
    const here = this.#place();
    return this.#all.filter(
      ({ covered, undo, place }) => !covered && (undo !== undefined || place === undefined || place === here),
    );
  }

  /** Answers what it is dismissed by when it is true no more. */
  say(text: string, undo?: () => void): number {
    return this.#say({ text, undo, place: this.#place() });
  }

  /** Says what was done, which can be taken back when this stands there no more, too. */
  done(text: string, undo: () => void): void {
    this.#remember(this.say(text, undo), undo);
  }

  /** Says what was done for good. Whoever would take it back is told why not, and nothing older is taken back. */
  settled(text: string, why: string): void {
    this.#remember(this.say(text), () => void this.say(why));
  }

  /** Says what is of no page, and where it leads: it stands for its time wherever the person goes. */
  tell(text: string, href?: string): number {
    return this.#say({ text, href });
  }

  /** Stays while it is pointed at or has the focus. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  resume(id: number): void {
    this.hold(id);
    if (!this.#all.some((toast) => toast.id === id)) return;
    this.#timers.set(
      id,
      setTimeout(() => this.dismiss(id), STAYS_MS),
    );
  }

  dismiss(id: number): void {
    this.hold(id);
    this.#timers.delete(id);
    this.#all = this.#all.filter((toast) => toast.id !== id);
  }

  /** Takes back the newest thing that was done, or says why it cannot be: Ctrl+Z. */
  undo(): void {
    const said = this.#all.findLast((toast) => toast.undo)?.id ?? -1;
    this.takeBack(Math.max(said, this.#done.at(-1)?.id ?? -1));
  }

  /** Takes back what a toast said, once. */
  takeBack(id: number): void {
    const one = [...this.#done, ...this.#all].find((way) => way.id === id);
    this.#done = this.#done.filter((way) => way.id !== id);
    this.dismiss(id);
    one?.undo?.();
  }

  /** Nothing that was said before stands there or is taken back any more: somebody else may sit there. */
  forget(): void {
    this.#done = [];
    for (const { id } of this.#all) this.dismiss(id);
  }

  #remember(id: number, undo: () => void): void {
    this.#done = [...this.#done, { id, undo }].slice(-DONE);
  }

  #say(said: Omit<Toast, 'id' | 'covered'>): number {
    const toast = { ...said, id: this.#next++, covered: false };
    const undoable = this.#all.filter(({ undo }) => undo);
    const stay = toast.undo
      ? undoable.slice(1 - UNDOABLE).map((one) => ({ ...one, covered: true }))
      : undoable;
    for (const { id } of this.#all) if (!stay.some((one) => one.id === id)) this.dismiss(id);
    this.#all = [...stay, toast];
    this.resume(toast.id);
    return toast.id;
  }
}
