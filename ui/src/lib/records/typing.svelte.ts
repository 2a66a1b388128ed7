/**
 * A long text of a record while it is typed: saved whenever typing rests, and while it goes on, over what the
 * person saw, so that what colleagues write meanwhile joins it in the record and nothing of either is lost.
 */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import type { DocumentId } from '$lib/bindings';
import { Pace } from './pace.svelte';
import { Retry } from './retry';

interface Base {
  text: string;
  heads: string[];
}

export class Typing {
  #app: App;
  #document: DocumentId;
  #field: string;
  /** How many times it was saved. */
  #saves = 0;
  /** How many of those times the record on the screen knows. */
  #shown = 0;
  /** An input method is composing a sign: the box is its own until the sign is done. */
  #composes = false;
  /** What stands in the box; nothing while nobody types. */
  typed = $state<string>();
  /** What was saved last, or what stood there when typing began. */
  #base = $state.raw<Base>();
  #pace = new Pace(() => void this.#save());
  #retry: Retry;
  /** Whether the device has what stands in the box. Not said between two keys, where it would only flicker. */
  saved: boolean = $derived(!this.#pace.goesOn && this.typed === this.#base?.text);

  constructor(app: App, document: DocumentId, field: string) {
    this.#app = app;
    this.#document = document;
    this.#field = field;
    this.#retry = new Retry(app, () => void this.#save());
  }

  /** Takes what stands in the box now; `seen` is what stood there when typing began. */
  type(text: string, seen: Base): void {
    this.#base ??= seen;
    this.typed = text;
    this.#retry.stop();
    this.#pace.type();
  }

  /** An input method began to compose a sign in the box, or ended. */
  compose(composes: boolean): void {
    this.#composes = composes;
    this.#letGo();
  }

  /** Saves what is typed now. */
  rest(): Promise<void> {
    this.#pace.stop();
    this.#retry.stop();
    return this.#save();
  }

  /**
   * The record is read from now on. Told by the answer that the reading is on the screen, the box shows the
   * record again, unless somebody types on or saved meanwhile.
   */
  reading(): () => void {
    const saves = this.#saves;
    return () => {
      if (saves !== this.#saves) return;
      this.#shown = saves;
      this.#letGo();
    };
  }

  /** The box shows the record again as soon as nobody types and the record holds all that was typed. */
  #letGo(): void {
    if (this.#pace.goesOn || this.#composes || this.#shown !== this.#saves) return;
    if (this.typed !== this.#base?.text) return;
    this.typed = undefined;
    this.#base = undefined;
  }

  /** One save at a time: what is typed meanwhile is saved by the next. */
  #save = again(async () => {
    const [base, text] = [this.#base, this.typed];
    if (base !== undefined && text !== undefined && text !== base.text) await this.#write(base, text);
    else this.#retry.saved();
    this.#letGo();
  });

  async #write(base: Base, text: string): Promise<void> {
    const asked = {
      document: this.#document,
      field: this.#field,
      base_heads: base.heads,
      base_text: base.text,
      new_text: text,
    };
    const done = await this.#app.ask('edit_text', asked, (problem) => this.#retry.failed(problem));
    if (!done) return;
    this.#retry.saved();
    this.#saves += 1;
    const saved = done.records[0]?.text_base ?? [];
    this.#base = { text, heads: saved.length > 0 ? saved : base.heads };
  }
}
