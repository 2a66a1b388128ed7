/** Short words about what just happened, with the way back: «Роботу записано. Скасувати». */

/** What became of taking a thing back: nothing was changed, and it `stands` to be tried anew or will `never` work. */
export type Undone = 'taken_back' | 'stands' | 'never';

/** Takes a thing back, and says itself what becomes of that; what is done at once always works. Never fails. */
export type Undo = (() => void) | (() => Promise<Undone>);

/** What can be taken back, and how it is said. */
interface Way {
  id: number;
  text: string;
  undo: Undo;
}

/** One of them. */
export interface Toast {
  id: number;
  text: string;
  /** Takes the thing back. */
  undo?: Undo;
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
  #done: readonly Way[] = [];
  /** What is being taken back, which nothing takes back meanwhile. */
  #undoing = new Set<Way>();
  /** So often it was asked meanwhile to take back what is older. */
  #asked = 0;
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
  say(text: string, undo?: Undo): number {
    return this.#say({ text, undo, place: this.#place() });
  }

  /** Says what was done, which can be taken back when this stands there no more, too. */
  done(text: string, undo: Undo): void {
    this.#asked = 0;
    this.#remember({ id: this.say(text, undo), text, undo });
  }

  /** Says what was done for good. Whoever would take it back is told why not, and nothing older is taken back. */
  settled(text: string, why: string): void {
    this.#asked = 0;
    this.#remember({ id: this.say(text), text, undo: () => void this.say(why) });
  }

  /** As `settled`, of what is said elsewhere or is taken back only there: `why` says where. */
  stands(text: string, why: string): void {
    this.#asked = 0;
    this.#remember({ id: this.#next++, text, undo: () => void this.say(why) });
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

  /**
   * Takes back the newest thing that was done, or says why it cannot be: Ctrl+Z. While one is being taken back
   * the next waits for it, and is let go when that did not work, when something else was done, or when nothing is left:
   * nobody asked for another thing in its place.
   */
  undo(): void {
    if (this.#undoing.size > 0) {
      this.#asked += 1;
      return;
    }
    const said = this.#all.findLast((toast) => toast.undo)?.id ?? -1;
    this.takeBack(Math.max(said, this.#done.at(-1)?.id ?? -1));
  }

  /** Takes back what a toast said, once; what could not be taken back now stands there again, and can be. */
  takeBack(id: number): void {
    const kept = this.#done.find((way) => way.id === id);
    const undo = (kept ?? this.#all.find((toast) => toast.id === id))?.undo;
    this.#done = this.#done.filter((way) => way.id !== id);
    this.dismiss(id);
    const undone = undo?.();
    if (kept && undone instanceof Promise) void this.#undo(kept, undone);
  }

  /** Nothing that was said before stands there or is taken back any more: somebody else may sit there. */
  forget(): void {
    this.#done = [];
    this.#undoing.clear();
    this.#asked = 0;
    for (const { id } of this.#all) this.dismiss(id);
  }

  async #undo(way: Way, undone: Promise<Undone>): Promise<void> {
    this.#undoing.add(way);
    const became = await undone;
    // It was forgotten meanwhile.
    if (!this.#undoing.delete(way)) return;
    if (became !== 'taken_back') this.#asked = 0;
    if (became === 'stands') this.#standAgain(way);
    if (this.#asked === 0 || this.#undoing.size > 0) return;
    this.#asked -= 1;
    this.undo();
    if (this.#undoing.size === 0) this.#asked = 0;
  }

  /** Where it stood: behind what went wrong, and behind what was done since. */
  #standAgain(way: Way): void {
    this.#remember(way);
    const all = inOrder([...this.#all, { ...way, covered: false }]);
    const newest = all.findLast(({ undo }) => undo)?.id;
    this.#all = all.map((one) => ({ ...one, covered: one.undo !== undefined && one.id !== newest }));
    this.resume(way.id);
  }

  #remember(way: Way): void {
    this.#done = inOrder([...this.#done, way]).slice(-DONE);
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

function inOrder<One extends { id: number }>(all: readonly One[]): One[] {
  return all.toSorted((one, other) => one.id - other.id);
}
