/** The parts of a visit: writing one down, correcting it, taking it out. */
import type { App } from '$lib/app/app.svelte';
import type { ChangeHash, DocumentId, PartDirection, PartView } from '$lib/bindings';
import { OpenSheet } from '$lib/records/sheet.svelte';
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
  /** Asks about a part or a new one, with the heads of the page it was opened from. */
  readonly sheet: OpenSheet<{ part?: PartView | undefined; seen: ChangeHash[] }>;

  constructor(app: App, document: DocumentId, heads: () => ChangeHash[]) {
    this.#app = app;
    this.#document = document;
    this.#heads = heads;
    this.sheet = new OpenSheet(app, `part ${document}`);
  }

  open(part?: PartView): void {
    this.sheet.open({ part, seen: this.#heads() });
  }

  async save(part: PartView | undefined, typed: PartForm): Promise<void> {
    const seen = this.sheet.of?.seen ?? this.#heads();
    const columns: Record<string, unknown> = {
      name: typed.name,
      quantity: typed.quantity,
      unit: typed.unit || null,
      serial: typed.serial || null,
      direction: typed.direction,
    };
    const correct = Object.entries(columns).map(([column, value]) => ({ field: 'parts', column, value }));
    const written = part
      ? writes({ correct: correct.map((one) => ({ ...one, row: part.row })) })
      : writes({ add: [{ field: 'parts', columns }] });
    const asked = { document: this.#document, seen, writes: written };
    const done = await this.sheet.answer((form) => this.#app.ask('edit_record', { ...asked, form }));
    if (done) this.#app.done(part ? m.done_part_corrected() : m.done_part_added(), done);
  }

  async withdraw(part: PartView): Promise<void> {
    const asked = { document: this.#document, field: 'parts', row: part.row, why: m.why_mistake() };
    const done = await this.sheet.answer((form) => this.#app.ask('withdraw_row', { ...asked, form }));
    if (done) this.#app.done(m.done_part_withdrawn(), done);
  }
}
