/** Our own company: what stands at the head of every paper. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import type { DocumentId } from '$lib/bindings';
import { fieldText } from '$lib/records/fields';
import { linesOf, readAll, textOf } from '$lib/records/listing';
import { m } from '$lib/words';

/** The requisites that are one value each, and lists in one line with commas. */
export const FIELDS = [
  'name',
  'legal_name',
  'registry_code',
  'vat_number',
  'vat_percent',
  'phones',
  'emails',
  'website',
] as const;
export type CompanyField = (typeof FIELDS)[number];
const LISTS: readonly CompanyField[] = ['phones', 'emails'];

export class Company {
  #app: App;
  #document: DocumentId | undefined;
  values = $state.raw<Record<CompanyField, string>>();
  isRead = $state(false);

  constructor(app: App) {
    this.#app = app;
  }

  get may(): boolean {
    return this.#app.me?.makes.includes('company') ?? false;
  }

  /** Keeps it current until the answer is called. */
  open(): () => void {
    void this.#read();
    return this.#app.onChange((event) => {
      if (event.event !== 'records' || event.records.some(({ kind }) => kind === 'company'))
        void this.#read();
    });
  }

  async save(field: CompanyField, text: string): Promise<void> {
    if (this.#document === undefined || this.values?.[field] === text) return;
    const several = text
      .split(/[,;\n]/)
      .map((one) => one.trim())
      .filter(Boolean);
    const value = LISTS.includes(field) ? several : text.trim().replace(',', '.');
    const set = { [field]: field === 'vat_percent' || LISTS.includes(field) ? value : text.trim() };
    const done = await this.#app.ask('edit_records', { documents: [this.#document], set });
    const what = fieldText({ field });
    if (done) this.#app.done(m.done_kept({ what }), done, what);
    await this.#read();
  }

  #read = again(async () => {
    const all = await readAll(this.#app, 'company', FIELDS);
    // What could not be read is as it was.
    if (!all) return;
    const [company] = all;
    this.isRead = true;
    this.#document = company?.document;
    if (!company) return;
    const said = (field: CompanyField): string =>
      LISTS.includes(field) ? linesOf(company.cells[field]).join(', ') : textOf(company.cells[field]);
    this.values = Object.fromEntries(FIELDS.map((field) => [field, said(field)])) as Record<
      CompanyField,
      string
    >;
  });
}
