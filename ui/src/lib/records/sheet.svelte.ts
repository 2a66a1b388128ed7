/**
 * A sheet that asks for more on a page. What is filled in is a draft on this device until it is answered or
 * closed: it is there again after the window was gone, and closed by mistake it comes back by its toast or Ctrl+Z.
 */
import { untrack } from 'svelte';
import type { App } from '$lib/app/app.svelte';
import { m } from '$lib/words';
import { Draft } from './draft';

interface Kept<Of> {
  of: Of;
  filled: unknown;
}

export class OpenSheet<Of> {
  #app: App;
  #draft: Draft<Kept<Of>>;
  /** What it asks about; nothing while it is closed. */
  of = $state.raw<Of>();
  /** What it said before anybody filled anything in. */
  #first: string | undefined;
  #filled: unknown;
  #answering = $state(false);
  /** What is to be opened as soon as it is known what stood there when the window was gone. */
  #reading: { then: Of | undefined } | undefined;
  /** The device could not tell what stood there. */
  #isUnread = false;
  /** What was closed, to be brought back when what is open is done with. */
  #after: Kept<Of> | undefined;

  /** `name` says of which page it is: the name of its draft. */
  constructor(app: App, name: string) {
    this.#app = app;
    this.#draft = new Draft(app, `sheet ${name}`);
  }

  /** Opens it as it was when the window was gone. */
  async read(): Promise<void> {
    if (this.of !== undefined || this.#reading) return;
    const reading: { then: Of | undefined } = { then: undefined };
    this.#reading = reading;
    const kept = await this.#draft.read();
    this.#reading = undefined;
    this.#isUnread = kept === undefined;
    if (kept) this.#bringBack(kept);
    else if (kept === null && reading.then !== undefined) this.open(reading.then);
  }

  /** Whether its answer is being saved: what changes on the page meanwhile may be its own. */
  get isAnswering(): boolean {
    return this.#answering;
  }

  /** Opens it, unless what stood there before cannot be read: it would be written over. */
  open(of: Of): void {
    if (this.#isUnread) void this.read();
    if (this.#reading) {
      this.#reading.then = of;
      return;
    }
    [this.#first, this.#filled] = [undefined, undefined];
    this.of = of;
  }

  /** What stands in it: what was filled in before or else the usual, and kept from then on. While it is made. */
  filling<Form extends object>(usual: Form): Form {
    const form = $state(this.beginsWith(usual));
    $effect(() => this.fill($state.snapshot(form)));
    return form;
  }

  /** Calls `back` whenever it is done with, answered or not. While its page is made. */
  afterwards(back: () => void): void {
    let wasOpen = false;
    $effect(() => {
      const isOpen = this.of !== undefined;
      if (wasOpen && !isOpen) untrack(back);
      wasOpen = isOpen;
    });
  }

  /** What stands in it when it opens: what was filled in before, or else the usual. */
  beginsWith<Filled>(usual: Filled): Filled {
    // One sheet writes and reads it, so its type is taken on trust.
    return (this.#filled as Filled | undefined) ?? usual;
  }

  /** Takes what stands in it now. */
  fill(filled: unknown): void {
    const text = JSON.stringify(filled);
    this.#first ??= text;
    if (this.of === undefined) return;
    if (text !== this.#first) {
      this.#filled = filled;
      this.#draft.keep({ of: this.of, filled });
    } else if (this.#filled !== undefined) {
      this.#filled = undefined;
      void this.#draft.drop();
    }
  }

  /**
   * Answers it, once however often it is asked meanwhile, and waits until `reread` shows what came of it.
   * It stays open with all that is in it when saving did not work. `save` names it to the device as
   * the form that is answered, and its draft goes with what is saved.
   */
  async answer<Saved>(
    save: (form: string) => Promise<Saved | undefined>,
    reread?: () => Promise<void>,
  ): Promise<Saved | undefined> {
    if (this.#answering) return undefined;
    this.#answering = true;
    let saved;
    try {
      saved = await this.#draft.send(save);
      if (saved !== undefined) this.#end();
    } finally {
      this.#answering = false;
    }
    if (saved !== undefined) await reread?.();
    return saved;
  }

  /** Closes it: what it asks about is settled elsewhere. */
  settle(): void {
    if (this.#filled !== undefined) void this.#draft.drop();
    this.#end();
  }

  /** Closes it unanswered; its toast, and Ctrl+Z, bring back what was filled in. */
  close(): void {
    const [of, filled] = [this.of, this.#filled];
    this.settle();
    if (of === undefined || filled === undefined) return;
    this.#app.toasts.done(m.form_discarded(), () => {
      // Another one that is open meanwhile is not to be lost for it.
      if (this.of === undefined) this.#bringBack({ of, filled });
      else this.#after = { of, filled };
    });
  }

  #bringBack({ of, filled }: Kept<Of>): void {
    [this.#first, this.#filled] = ['', filled];
    this.of = of;
    this.#draft.keep({ of, filled });
  }

  #end(): void {
    this.#filled = undefined;
    this.of = undefined;
    const after = this.#after;
    this.#after = undefined;
    if (after) this.#bringBack(after);
  }
}
