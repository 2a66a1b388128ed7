/** Answers of a checklist that are being typed: a draft on this device until they are written down. */
import type { App } from '$lib/app/app.svelte';
import type { ChecklistLine, DocumentId, RowId } from '$lib/bindings';
import { decimal } from '$lib/format/number';
import { Draft } from '$lib/records/draft';

type Typed = Readonly<Record<RowId, string>>;

/** The answer in what is typed; nothing in what says nothing. */
export const answerIn = (line: ChecklistLine | undefined, typed: string): string | undefined =>
  (line?.answer_kind === 'number' ? decimal(typed) : typed.trim()) || undefined;

export class Answers {
  #draft: Draft<Typed>;
  #isKept = false;
  /** The device could not tell what was typed before: it is read before anything is kept over it. */
  #isUnread = false;
  /** What stands in the fields that nobody left yet, as typed. */
  typed = $state.raw<Typed>({});
  /** The items whose field stands as it did when the window was gone. */
  restored = $state.raw<readonly RowId[]>([]);

  constructor(app: App, visit: DocumentId) {
    this.#draft = new Draft(app, `answers ${visit}`);
  }

  /** Brings back what was typed when the window was gone. */
  async read(): Promise<void> {
    const kept = await this.#draft.read();
    this.#isUnread = kept === undefined;
    if (!kept) return;
    this.#isKept = true;
    this.restored = Object.keys(kept);
    this.typed = { ...kept, ...this.typed };
  }

  type(item: RowId, text: string): void {
    this.#isKept = true;
    this.typed = { ...this.typed, [item]: text };
    void this.#keep();
  }

  async #keep(): Promise<void> {
    if (this.#isUnread) await this.read();
    if (!this.#isUnread) this.#draft.keep(this.typed);
  }

  /** What stood in the field is written down. */
  leave(item: RowId): void {
    this.restored = this.restored.filter((one) => one !== item);
    this.typed = Object.fromEntries(Object.entries(this.typed).filter(([one]) => one !== item));
  }

  /** Leaves what came back and stands there already: the window was gone between the writing and the draft. */
  settle(lines: readonly ChecklistLine[]): void {
    const stands = lines.filter((line) => {
      const typed = this.typed[line.item];
      return typed !== undefined && line.answer !== null && answerIn(line, typed) === line.answer.answer;
    });
    if (stands.length === 0) return;
    for (const { item } of stands) this.leave(item);
    this.written();
  }

  /** What was left is written down: the draft holds what is typed still. */
  written(): void {
    if (!this.#isKept) return;
    this.#isKept = Object.keys(this.typed).length > 0;
    if (this.#isKept) void this.#keep();
    else if (!this.#isUnread) void this.#draft.drop();
  }

  /** Keeps what is typed now, without waiting for typing to rest. */
  rest = (): Promise<void> => this.#draft.rest();
}
