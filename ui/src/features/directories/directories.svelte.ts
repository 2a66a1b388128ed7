/** The directories and their entries: what pickers offer. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import type { Directory, DocumentId, Done, Filter, Kind, Linked } from '$lib/bindings';
import { holdsWords, searchable } from '$lib/format/searchable';
import { linkOf, readAll, textOf } from '$lib/records/listing';
import { OpenSheet } from '$lib/records/sheet.svelte';
import { changed, writes } from '$lib/records/writes';
import { translated } from '$lib/visits/naming';
import { m } from '$lib/words';

export const DIRECTORIES = {
  work_kind: m.directory_work_kind,
  unit: m.directory_unit,
  cause: m.directory_cause,
  source: m.directory_source,
  equipment_category: m.directory_equipment_category,
  recipient_category: m.directory_recipient_category,
  expense_category: m.directory_expense_category,
  classifier: m.directory_classifier,
  class: m.directory_class,
  region: m.directory_region,
  skill: m.directory_skill,
  reason: m.directory_reason,
} satisfies Record<Directory, () => string>;

export const ALL = Object.keys(DIRECTORIES) as Directory[];

export interface DirectoryEntry {
  document: DocumentId;
  directory: string;
  name: string;
  nameEn: string;
  nameRu: string;
  code: string;
  unit: Linked | null;
  hours: string;
  position: number;
  retired: boolean;
}

/** What the open sheet asks about: an entry of a directory, a new one without. */
export interface Asked {
  directory: Directory;
  before?: DirectoryEntry | undefined;
}

/** What is written of an entry. */
export interface EntryForm {
  name: string;
  name_en: string;
  name_ru: string;
  code: string;
  unit: DocumentId | null;
  hours_per_unit: string;
}

/** Where entries of a directory stand: fields of records, lists of them, columns of rows. */
const USES: Partial<Record<Directory, readonly (readonly [Kind, (id: DocumentId) => Filter])[]>> = {
  work_kind: [
    ['visit', inRow('works', 'work_kind')],
    ['service_card', inRow('planned_works', 'work_kind')],
  ],
  unit: [
    ['visit', inRow('works', 'unit')],
    ['service_card', inRow('planned_works', 'unit')],
    ['directory_entry', inField('unit')],
  ],
  cause: [['complaint', inField('cause_code')]],
  source: [['customer', inField('source')]],
  equipment_category: [
    ['equipment', inField('category')],
    ['checklist', inField('category')],
  ],
  recipient_category: [['customer', inRow('contacts', 'recipient_category')]],
  classifier: [['customer', inRow('classification', 'classifier')]],
  class: [['customer', inRow('classification', 'class')]],
  region: [
    ['service_card', inField('region')],
    ['customer', inRow('addresses', 'region')],
    ['employee', inList('regions')],
  ],
  skill: [
    ['service_card', inList('skills')],
    ['employee', inList('skills')],
  ],
};

function inField(column: string): (id: DocumentId) => Filter {
  return (value) => ({ is: 'equals', column, value });
}
function inList(field: string): (id: DocumentId) => Filter {
  return (value) => ({ is: 'includes', field, value });
}
function inRow(field: string, column: string): (id: DocumentId) => Filter {
  return (value) => ({ is: 'has_row', field, filters: [{ is: 'equals', column, value }] });
}

export class Directories {
  #app: App;
  #wanted: DocumentId | undefined;
  #all = $state.raw<readonly DirectoryEntry[]>();
  shown = $state<Directory>('work_kind');
  /** What is looked for in it. */
  words = $state('');
  chosen = $state<DocumentId>();
  /** How many records name the chosen entry; nothing while it is counted. */
  used = $state<number>();
  readonly sheet: OpenSheet<Asked>;

  /** `wanted` is shown first, in its directory. */
  constructor(app: App, wanted?: DocumentId) {
    this.#app = app;
    this.#wanted = wanted;
    this.sheet = new OpenSheet(app, 'directories');
  }

  readonly isRead = $derived(this.#all !== undefined);
  readonly entries = $derived(this.#of(this.shown));
  /** Those that hold every word that is looked for, in any language or the code. */
  readonly found = $derived(
    this.entries.filter(({ name, nameEn, nameRu, code }) =>
      holdsWords([name, nameEn, nameRu, code].join(' '), this.words),
    ),
  );
  readonly entry = $derived(this.found.find(({ document }) => document === this.chosen));
  readonly units = $derived(this.#of('unit').filter(({ retired }) => !retired));

  #of(directory: Directory): DirectoryEntry[] {
    return (this.#all ?? []).filter((one) => one.directory === directory);
  }

  count(directory: Directory): number {
    return this.#of(directory).filter(({ retired }) => !retired).length;
  }

  /** Whether this person writes the directories. */
  get may(): boolean {
    return this.#app.me?.makes.includes('directory_entry') ?? false;
  }

  /** Whether an entry can be put before its neighbour: among a few that were found nobody sees which that is. */
  get moves(): boolean {
    return this.may && this.words.trim() === '';
  }

  /** Keeps them current until the answer is called. */
  open(): () => void {
    void this.#read();
    void this.#readSheet();
    return this.#app.onChange((event) => {
      if (event.event !== 'records' || event.records.some(({ kind }) => kind === 'directory_entry'))
        void this.#read();
    });
  }

  /** What was being typed when the window was gone stands before its directory. */
  async #readSheet(): Promise<void> {
    await this.sheet.read();
    if (this.sheet.of) this.show(this.sheet.of.directory);
  }

  show(directory: Directory): void {
    this.shown = directory;
    this.words = '';
    this.choose(undefined);
  }

  choose(document: DocumentId | undefined): void {
    this.chosen = document;
    this.used = undefined;
    if (document !== undefined) void this.#count(document);
  }

  async #count(document: DocumentId): Promise<void> {
    const uses = USES[this.shown] ?? [];
    const totals = await Promise.all(
      uses.map(([kind, filter]) =>
        this.#app.ask('journal_total', {
          kind,
          columns: [],
          filters: [filter(document)],
          sort: [],
          page: { after: null, limit: 1 },
          search: null,
          show: 'standing',
        }),
      ),
    );
    if (this.chosen === document) this.used = totals.reduce((sum, total) => sum + (total?.count ?? 0), 0);
  }

  /** Whether another entry of the directory is called so. */
  isTaken(name: string, but: DocumentId | undefined): boolean {
    const folded = searchable(name);
    return this.entries.some((one) => one.document !== but && searchable(one.name) === folded);
  }

  /** Asks about an entry of the directory that is shown, or a new one. */
  ask(before?: DirectoryEntry): void {
    this.sheet.open({ directory: this.shown, before });
  }

  /** Makes an entry of the directory, or changes what differs from the one before. */
  async save({ directory, before }: Asked, typed: EntryForm): Promise<void> {
    const done = await this.sheet.answer((form) => {
      if (before) {
        const set = changed(entryForm(before), typed);
        return this.#app.ask('edit_records', { documents: [before.document], set, form });
      }
      const position = Math.max(0, ...this.#of(directory).map((one) => one.position)) + 1;
      const set = { directory, position, ...typed };
      return this.#app.ask('create_record', { kind: 'directory_entry', writes: writes({ set }), form });
    });
    // What was just made is to be seen.
    if (done && !before) this.words = '';
    this.#done(done, typed.name);
  }

  async offer(entry: DirectoryEntry, retired: boolean): Promise<void> {
    const asked = { documents: [entry.document], set: { retired } };
    this.#done(await this.#app.ask('edit_records', asked), entryName(entry));
  }

  /** Puts an entry before or behind its neighbour; the others keep their order. */
  async move(entry: DirectoryEntry, steps: -1 | 1): Promise<void> {
    const order = [...this.entries];
    const from = order.findIndex(({ document }) => document === entry.document);
    const neighbour = order[from + steps];
    if (from < 0 || !neighbour) return;
    order[from] = neighbour;
    order[from + steps] = entry;
    const records: Done['records'] = [];
    for (const [at, one] of order.entries()) {
      if (one.position === at + 1) continue;
      const asked = { documents: [one.document], set: { position: at + 1 } };
      const done = await this.#app.ask('edit_records', asked);
      if (!done) break;
      records.push(...done.records);
    }
    if (records.length > 0) this.#done({ records }, DIRECTORIES[this.shown]());
  }

  #done(done: Done | undefined, what: string): void {
    if (done) this.#app.done(m.done_kept({ what }), done, what);
    void this.#read();
  }

  #read = again(async () => {
    const columns = [
      'directory',
      'name',
      'name_en',
      'name_ru',
      'code',
      'unit',
      'hours_per_unit',
      'position',
      'retired',
    ] as const;
    const sort = (['position', 'title_key'] as const).map((column) => ({
      column,
      direction: 'ascending' as const,
      nulls: 'last' as const,
    }));
    const all = await readAll(this.#app, 'directory_entry', columns, { sort });
    if (!all) return;
    this.#all = all.map(({ document, cells }, at) => ({
      document,
      directory: textOf(cells.directory),
      name: textOf(cells.name),
      nameEn: textOf(cells.name_en),
      nameRu: textOf(cells.name_ru),
      code: textOf(cells.code),
      unit: linkOf(cells.unit),
      hours: textOf(cells.hours_per_unit),
      position: typeof cells.position === 'number' ? cells.position : at + 1,
      retired: cells.retired === true,
    }));
    this.#showWanted();
  });

  #showWanted(): void {
    const wanted = this.#all?.find(({ document }) => document === this.#wanted);
    const directory = ALL.find((one) => one === wanted?.directory);
    if (!wanted || directory === undefined) return;
    this.#wanted = undefined;
    this.show(directory);
    this.choose(wanted.document);
  }
}

/** What stands in the form of an entry that is there. */
export const entryForm = (entry: DirectoryEntry): EntryForm => ({
  name: entry.name,
  name_en: entry.nameEn,
  name_ru: entry.nameRu,
  code: entry.code,
  unit: entry.unit?.document ?? null,
  hours_per_unit: entry.hours,
});

/** An entry in the language of the screen, where the directory has it. */
export function entryName({ name, nameEn, nameRu }: DirectoryEntry): string {
  return translated({ name_en: nameEn, name_ru: nameRu }) || name;
}
