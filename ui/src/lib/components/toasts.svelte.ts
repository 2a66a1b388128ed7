/** Short words about what just happened, with the way back: «Роботу записано. Скасувати». */

/** One of them. */
export interface Toast {
  id: number;
  text: string;
  /** Takes the thing back. */
  undo?: () => void;
}

/** How long a toast stays, milliseconds; long enough to read and reach with a glove. */
const STAYS_MS = 8_000;

/** What was said of late: the newest stands on the screen alone, and three at most can be taken back. */
export class Toasts {
  #all = $state.raw<readonly Toast[]>([]);
  #next = 0;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  /** The newest; nothing once it has gone: what it took the place of does not come again. */
  get shown(): Toast | undefined {
    const last = this.#all.at(-1);
    return last?.id === this.#next - 1 ? last : undefined;
  }

  /** Answers what it is dismissed by when it is true no more. */
  say(text: string, undo?: () => void): number {
    const toast = { id: this.#next++, text, undo };
    this.#all = [...this.#all.slice(-2), toast];
    this.resume(toast.id);
    return toast.id;
  }

  /** Stays while it is pointed at or has the focus. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  resume(id: number): void {
    this.hold(id);
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

  /** Takes back the newest thing that can be: Ctrl+Z. */
  undo(): void {
    const last = this.#all.findLast((toast) => toast.undo);
    if (!last) return;
    this.dismiss(last.id);
    last.undo?.();
  }
}
