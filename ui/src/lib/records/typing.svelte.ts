/**
 * A long text of a record while it is typed: saved whenever typing rests, over what the person saw, so
 * that what colleagues write meanwhile joins it in the record and nothing of either is lost.
 */
import type { App } from '$lib/app/app.svelte';
import type { DocumentId } from '$lib/bindings';

/** How long typing rests before it is saved, milliseconds. */
const REST_MS = 500;

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
  /** What stands in the box; nothing while nobody types. */
  typed = $state<string>();
  #base: Base | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<void> = Promise.resolve();

  constructor(app: App, document: DocumentId, field: string) {
    this.#app = app;
    this.#document = document;
    this.#field = field;
  }

  /** Takes what stands in the box now; `seen` is what stood there when typing began. */
  type(text: string, seen: Base): void {
    this.#base ??= seen;
    this.typed = text;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => void this.rest(), REST_MS);
  }

  /** Saves what is typed now. */
  rest(): Promise<void> {
    clearTimeout(this.#resting);
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  /**
   * The record is read from now on. Told by the answer that the reading is on the screen, the box shows the
   * record again, unless somebody types on or saved meanwhile.
   */
  reading(): () => void {
    const saves = this.#saves;
    return () => {
      if (saves !== this.#saves || this.#base === undefined || this.typed !== this.#base.text) return;
      this.typed = undefined;
      this.#base = undefined;
    };
  }

  async #save(): Promise<void> {
    const [base, text] = [this.#base, this.typed];
    if (base === undefined || text === undefined) return;
    if (text === base.text) return;
    const asked = {
      document: this.#document,
      field: this.#field,
      base_heads: base.heads,
      base_text: base.text,
      new_text: text,
    };
    const done = await this.#app.ask('edit_text', asked);
    if (!done) return;
    this.#saves += 1;
    const saved = done.records[0]?.text_base ?? [];
    this.#base = { text, heads: saved.length > 0 ? saved : base.heads };
  }
}
