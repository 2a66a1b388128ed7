/** A file people bring: what it will do, doing it, and the imports that happened. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { base64 } from '$lib/app/files';
import { problemText } from '$lib/app/problems';
import { CallError } from '$lib/backend/backend';
import type {
  Calls,
  FileToImport,
  FileTrouble,
  ImportColumn,
  Imported,
  ImportLook,
  ImportProgress,
  ImportReading,
  ImportView,
} from '$lib/bindings';
import { number } from '$lib/format/number';
import { OpenSheet } from '$lib/records/sheet.svelte';
import { m } from '$lib/words';
import { refusedFile } from './refused';

const TROUBLE: Record<FileTrouble['what'], () => string> = {
  too_large: m.import_file_large,
  too_many_rows: m.import_file_large,
  too_many_columns: m.import_file_unreadable,
  empty: m.import_file_empty,
  unknown_format: m.import_file_format,
  broken_header: m.import_file_unreadable,
  long_heading: m.import_file_unreadable,
  no_known_column: m.import_no_column,
  excel: m.import_file_excel,
  no_such_sheet: m.import_file_unreadable,
  unreadable: m.import_file_unreadable,
};

/** There is one in an app: a file goes on being imported while its page is left, and stands there until another. */
export class Importing {
  #app: App;
  /** Pages that show it; while one takes the place of another there are two. */
  #pages = 0;
  #file = $state.raw<FileToImport>();
  /** The file as `look` tells of it. */
  #looked: FileToImport | undefined;
  /** What the file will do; nothing while none is chosen. */
  look = $state.raw<ImportLook>();
  /** What goes on; a person waits for it. */
  doing = $state<'nothing' | 'reading' | 'importing'>('nothing');
  progress = $state.raw<ImportProgress>();
  /** Why the file could not be read. */
  trouble = $state<string>();
  imported = $state.raw<Imported>();
  past = $state.raw<readonly ImportView[]>([]);
  /** Asks why an import is taken back, by its name. */
  readonly sheet: OpenSheet<string>;

  constructor(app: App) {
    this.#app = app;
    this.sheet = new OpenSheet(app, 'import');
  }

  /** The import that is being taken back. */
  readonly undoing = $derived.by(() =>
    this.past.find(({ name, is_undone }) => name === this.sheet.of && !is_undone),
  );

  /** Whether it is being taken back now: for many records people wait. */
  get takingBack(): boolean {
    return this.sheet.isAnswering;
  }

  get name(): string {
    return this.#file?.name ?? '';
  }

  /** Reads the list of imports, and follows one that runs until the answer is called. */
  open(): () => void {
    void this.#readPast();
    void this.sheet.read();
    this.#pages += 1;
    const close = this.#app.onImport((progress) => (this.progress = progress));
    return () => {
      this.#pages -= 1;
      close();
    };
  }

  async choose(file: File): Promise<void> {
    if (this.doing !== 'nothing') return;
    this.forget();
    this.doing = 'reading';
    try {
      this.#file = { name: file.name, content: await base64(file) };
    } catch {
      this.trouble = m.import_file_unreadable();
      this.doing = 'nothing';
      return;
    }
    await this.#read(this.#file);
  }

  /** Another sheet, encoding or separator; columns a person chose belong to the table as it was. */
  async readAs(changed: Omit<ImportReading, 'columns'>): Promise<void> {
    if (!this.#file) return;
    const before = { ...this.#file.read_as };
    delete before.columns;
    await this.#read({ ...this.#file, read_as: { ...before, ...changed } });
  }

  async hold(at: number, column: ImportColumn | null): Promise<void> {
    // The columns on the screen are not those of a table that is being read in another way.
    if (!this.#file || !this.look || !sameTable(this.#file, this.#looked)) return;
    const columns = [...(this.#file.read_as?.columns ?? this.look.columns.map(({ holds }) => holds))];
    columns[at] = column;
    await this.#read({ ...this.#file, read_as: { ...this.#file.read_as, columns } });
  }

  async #read(file: FileToImport): Promise<void> {
    this.#file = file;
    this.trouble = undefined;
    this.doing = 'reading';
    await this.#lookAtIt();
  }

  /** Looks at the file as it is to be read now: whatever was asked for before it counts no more. */
  #lookAtIt = again(async () => {
    const file = this.#file;
    if (!file) return;
    const found = await this.#app.backend.ask('look_at_import', file).then(
      (look) => ({ look }),
      (thrown: unknown) => ({ trouble: whyNot(thrown) }),
    );
    if (this.#file !== file) return;
    if ('look' in found) [this.look, this.#looked] = [found.look, file];
    else {
      this.trouble = found.trouble;
      // What stands on the screen is what would be imported.
      this.#file = this.#looked ?? file;
    }
    this.doing = 'nothing';
  });

  forget(): void {
    if (this.doing === 'reading') this.doing = 'nothing';
    this.#file = this.#looked = undefined;
    this.look = undefined;
    this.trouble = undefined;
    this.imported = undefined;
    this.progress = undefined;
  }

  async import(): Promise<void> {
    if (!this.#file || this.doing !== 'nothing') return;
    this.progress = this.trouble = undefined;
    this.doing = 'importing';
    let ended: string;
    try {
      this.imported = await this.#app.backend.ask('import_file', this.#file);
      ended = importedText(this.imported);
      // Taking it back wants a reason: what was done before it must not go in its place.
      this.#app.toasts.stands(ended, m.import_stands({ file: this.#file.name }));
    } catch (thrown) {
      ended = this.trouble = m.import_failed({ problem: whyNot(thrown) });
    }
    this.doing = 'nothing';
    if (this.#pages === 0) this.#app.toasts.tell(ended);
    await this.#readPast();
  }

  /** Writes the rows that were not taken to a file of the person's. */
  async keepRefused(): Promise<void> {
    const [file, look] = [this.#looked, this.look];
    if (!file || !look) return;
    const rows = await this.#app.ask('refused_of_import', file);
    if (!rows) return;
    const name = file.name.replace(/\.[^.]*$/, '');
    const path = await this.#app.keepFile(
      `${name} - ${m.import_refused()}.csv`,
      refusedFile(look.columns, rows),
    );
    if (path) this.#app.toasts.say(m.import_kept_at({ path }));
  }

  async undo({ name }: ImportView, why: string): Promise<void> {
    const undone = await this.sheet.answer((form) => this.#app.ask('undo_import', { name, why, form }));
    if (undone) {
      if (this.#pages === 0) this.#app.toasts.tell(undoneText(undone));
      else this.#app.toasts.say(undoneText(undone));
      this.#app.toasts.stands(m.import_undone_done(), m.import_undone_stands());
      // What a file chosen meanwhile will do is another thing now.
      if (this.imported || (!this.#file && this.doing === 'nothing')) this.forget();
      else if (this.#file && this.doing !== 'importing') await this.#read(this.#file);
    }
    await this.#readPast();
  }

  async #readPast(): Promise<void> {
    this.past = (await this.#app.ask('imports', {})) ?? this.past;
  }
}

/** What came of taking an import back; what did not happen is not said. */
function undoneText({ withdrawn, changed_back: changed, left }: Calls['undo_import']['answer']): string {
  return [
    m.import_undone_done(),
    withdrawn > 0 && m.import_undone_withdrawn({ count: withdrawn }),
    changed > 0 && m.import_undone_changed({ count: changed }),
    left > 0 && m.import_undone_left({ count: left }),
  ]
    .filter(Boolean)
    .join(' ');
}

/** How an import ended, for whoever does not see its page. */
function importedText({ records, refused }: Imported): string {
  const rest = refused > 0 && `${m.import_refused()}: ${number(refused)}`;
  return [m.import_done({ count: records }), rest].filter(Boolean).join('. ');
}

/** Whether both are read in the same way, whatever their columns hold. */
function sameTable(one: FileToImport, other: FileToImport | undefined): boolean {
  const way = (file: FileToImport | undefined): string => {
    const { sheet, encoding, separator } = file?.read_as ?? {};
    return JSON.stringify([sheet, encoding, separator]);
  };
  return way(one) === way(other);
}

function whyNot(thrown: unknown): string {
  const { problem } = CallError.from(thrown);
  return problem.code === 'file' ? troubleText(problem.trouble) : problemText(problem);
}

function troubleText(trouble: FileTrouble): string {
  if (trouble.what === 'broken_header') return m.import_file_broken_header({ line: trouble.line });
  if (trouble.what === 'too_many_columns')
    return m.import_file_wide({ line: trouble.line, most: number(trouble.most) });
  if (trouble.what === 'long_heading')
    return m.import_file_long_heading({ column: trouble.column, most: number(trouble.most) });
  return TROUBLE[trouble.what]();
}
