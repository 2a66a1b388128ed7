/** A file people bring: what it will do, doing it, and the imports that happened. */
import type { App } from '$lib/app/app.svelte';
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
import { OpenSheet } from '$lib/records/sheet.svelte';
import { m } from '$lib/words';
import { refusedFile } from './refused';

const TROUBLE: Record<FileTrouble['what'], () => string> = {
  too_large: m.import_file_large,
  too_many_rows: m.import_file_large,
  empty: m.import_file_empty,
  unknown_format: m.import_file_format,
  broken_header: m.import_file_unreadable,
  no_known_column: m.import_no_column,
  excel: m.import_file_excel,
  no_such_sheet: m.import_file_unreadable,
  unreadable: m.import_file_unreadable,
};

/** The import that goes on: leaving its page does not end it, and whoever comes to the page finds it there. */
const going = new WeakMap<App, Importing>();

/** What the page shows when somebody comes to it. */
export const importingOf = (app: App): Importing => going.get(app) ?? new Importing(app);

class Importing {
  #app: App;
  /** Its page is on the screen. */
  #isSeen = false;
  #file = $state.raw<FileToImport>();
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

  get name(): string {
    return this.#file?.name ?? '';
  }

  /** Reads the list of imports, and follows one that runs until the answer is called. */
  open(): () => void {
    void this.#readPast();
    void this.sheet.read();
    this.#isSeen = true;
    const closing = [
      this.#app.onImport((progress) => (this.progress = progress)),
      this.#app.onChange(() => void this.#readPast()),
      () => (this.#isSeen = false),
    ];
    return () => closing.forEach((close) => close());
  }

  async choose(file: File): Promise<void> {
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
    if (!this.#file || !this.look) return;
    const columns = this.look.columns.map(({ holds }) => holds);
    columns[at] = column;
    await this.#read({ ...this.#file, read_as: { ...this.#file.read_as, columns } });
  }

  async #read(file: FileToImport): Promise<void> {
    this.#file = file;
    this.trouble = undefined;
    this.doing = 'reading';
    try {
      this.look = await this.#app.backend.ask('look_at_import', file);
    } catch (thrown) {
      const { problem } = CallError.from(thrown);
      this.trouble = problem.code === 'file' ? troubleText(problem.trouble) : problemText(problem);
    }
    this.doing = 'nothing';
  }

  forget(): void {
    this.#file = undefined;
    this.look = undefined;
    this.trouble = undefined;
    this.imported = undefined;
    this.progress = undefined;
  }

  async import(): Promise<void> {
    if (!this.#file || this.doing !== 'nothing') return;
    this.progress = undefined;
    this.doing = 'importing';
    going.set(this.#app, this);
    this.imported = await this.#app.ask('import_file', this.#file);
    going.delete(this.#app);
    this.doing = 'nothing';
    if (this.imported && !this.#isSeen)
      this.#app.toasts.tell(m.import_done({ count: this.imported.records }));
    await this.#readPast();
  }

  /** Writes the rows that were not taken to a file of the person's. */
  async keepRefused(): Promise<void> {
    if (!this.#file || !this.look) return;
    const rows = await this.#app.ask('refused_of_import', this.#file);
    if (!rows) return;
    const name = this.#file.name.replace(/\.[^.]*$/, '');
    const path = await this.#app.keepFile(
      `${name} - ${m.import_refused()}.csv`,
      refusedFile(this.look.columns, rows),
    );
    if (path) this.#app.toasts.say(m.import_kept_at({ path }));
  }

  async undo({ name }: ImportView, why: string): Promise<void> {
    const undone = await this.sheet.answer((form) => this.#app.ask('undo_import', { name, why, form }));
    if (undone) {
      this.#app.toasts.say(undoneText(undone));
      this.forget();
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

function troubleText(trouble: FileTrouble): string {
  if (trouble.what === 'broken_header') return m.import_file_broken_header({ line: trouble.line });
  return TROUBLE[trouble.what]();
}

/** The content of a file as the device takes it. */
async function base64(file: Blob): Promise<string> {
  const url = await new Promise<string>((read, fail) => {
    const reader = new FileReader();
    reader.onload = () => read(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => fail(new Error('the file cannot be read'));
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}

export type { Importing };
