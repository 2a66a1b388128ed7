/** The parts of a visit: writing one down, correcting it, taking it out. */
import type { App } from '$lib/app/app.svelte';
import type { ChangeHash, DocumentId, PartDirection, PartView } from '$lib/bindings';
import { writes } from '$lib/records/writes';
import { m } from '$lib/words';

/** A part as the sheet holds it. */
export interface PartForm {
  name: string;
  quantity: string;
  unit: DocumentId;
  serial: string;
  direction: PartDirection;
}

export class Parts {
  #app: App;
  #document: DocumentId;
  #heads: () => ChangeHash[];
  /** What the sheet is open for, and the heads of the page it was opened from. */
  opened = $state.raw<{ part: PartView | undefined; seen: ChangeHash[] }>();

  constructor(app: App, document: DocumentId, heads: () => ChangeHash[]) {
    this.#app = app;
    this.#document = document;
    this.#heads = heads;
  }

  open(part?: PartView): void {
    this.opened = { part, seen: this.#heads() };
  }

  close(): void {
    this.opened = undefined;
  }

  async save(part: PartView | undefined, form: PartForm): Promise<void> {
    const seen = this.opened?.seen ?? this.#heads();
    this.close();
    const columns: Record<string, unknown> = {
      name: form.name,
      quantity: form.quantity,
      unit: form.unit || null,
      serial: form.serial || null,
      direction: form.direction,
    };
    const correct = Object.entries(columns).map(([column, value]) => ({ field: 'parts', column, value }));
    const written = part
      ? writes({ correct: correct.map((one) => ({ ...one, row: part.row })) })
      : writes({ add: [{ field: 'parts', columns }] });
    const done = await this.#app.ask('edit_record', { document: this.#document, seen, writes: written });
    if (done) this.#app.done(part ? m.done_part_corrected() : m.done_part_added(), done);
  }

  async withdraw(part: PartView): Promise<void> {
    this.close();
    const asked = { document: this.#document, field: 'parts', row: part.row, why: m.why_mistake() };
    const done = await this.#app.ask('withdraw_row', asked);
    if (done) this.#app.done(m.done_part_withdrawn(), done);
  }
}
