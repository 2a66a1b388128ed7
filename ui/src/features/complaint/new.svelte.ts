/** A complaint that is being filed from a visit. */
import type { App } from '$lib/app/app.svelte';
import { visitPath } from '$lib/app/paths';
import type { ComplaintKind, ComplaintLine, DocumentId, Severity } from '$lib/bindings';
import { Draft } from '$lib/records/draft';
import { writes } from '$lib/records/writes';
import { m } from '$lib/words';

interface Form {
  kind: ComplaintKind | '';
  severity: Severity | '';
  description: string;
}

export class NewComplaint {
  readonly visit: DocumentId;
  #app: App;
  #draft: Draft<Form>;
  form = $state<Form>({ kind: '', severity: '', description: '' });
  /** Complaints about the same object of late: perhaps the same one. */
  similar = $state.raw<readonly ComplaintLine[]>([]);
  /** What the complaint is about, as its visit says. */
  about = $state.raw<readonly string[]>([]);
  asked = $state(false);
  #filing = false;

  constructor(app: App, visit: DocumentId) {
    this.#app = app;
    this.visit = visit;
    this.#draft = new Draft(app, `complaint/${visit}`);
  }

  open(): () => void {
    void this.#read();
    return () => void this.#draft.rest();
  }

  set(part: Partial<Form>): void {
    Object.assign(this.form, part);
    this.#draft.keep({ ...this.form });
  }

  async file(): Promise<void> {
    this.asked = true;
    const { kind, severity, description } = this.form;
    if (kind === '' || severity === '' || description.trim() === '' || this.#filing) return;
    this.#filing = true;
    const text = { field: 'description', base_heads: [], base_text: '', new_text: description.trim() };
    const written = writes({ set: { complaint_kind: kind, severity }, texts: [text] });
    const filed = await this.#app.ask('file_complaint', { visit: this.visit, writes: written });
    this.#filing = false;
    if (!filed) return;
    await this.#draft.drop();
    this.#app.done(m.done_complaint_filed(), filed.done);
    this.#app.router.back(visitPath(this.visit));
  }

  async #read(): Promise<void> {
    const kept = await this.#draft.read();
    if (kept) this.form = kept;
    const page = await this.#app.ask('visit_page', { document: this.visit });
    if (!page) return;
    const named = [page.customer, page.equipment?.link ?? null].filter((one) => one !== null);
    this.about = named.map((one) => one.title || one.label);
    if (page.equipment === null) return;
    this.similar =
      (await this.#app.ask('similar_complaints', { equipment: page.equipment.link.document })) ?? [];
  }
}
