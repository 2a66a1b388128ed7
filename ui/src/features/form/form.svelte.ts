/**
 * A form of one record while somebody fills it in.
 *
 * Everything typed is a draft that the device keeps, with the record as it was opened: so a form that is
 * left is there again, and what a colleague wrote meanwhile is seen beside what was typed. The device says
 * what speaks against saving while one types; it judges again when it is saved.
 */
import { SvelteSet } from 'svelte/reactivity';
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { editPath, newPath } from '$lib/app/paths';
import { objectionText } from '$lib/app/objections';
import type { Problem } from '$lib/backend/backend';
import type { DocumentId, FormView, Linked, Objection, Writes } from '$lib/bindings';
import { Draft, recordDraft } from '$lib/records/draft';
import { m } from '$lib/words';
import type { FieldSpec, FormSpec } from './spec';
import {
  fieldsOf,
  isEmpty,
  newRow,
  type Row,
  rowsOf,
  said,
  same,
  type Typed,
  typedOf,
  writesNothing,
  writesOf,
} from './values';

interface Of {
  id?: DocumentId;
  from?: DocumentId;
  /** A form in a sheet keeps no draft of its own: the sheet does. */
  keeps?: 'draft' | 'nothing';
  /** The record as such a form was opened before the window was gone. */
  opened?: FormView | undefined;
}

interface Kept {
  opened: FormView;
  typed: Typed;
  links: Linked[];
}

/** How long typing rests before the device is asked what it thinks of it, milliseconds. */
const REST_MS = 500;
/** As many steps back as are remembered. */
const STEPS = 100;
/** Only said to somebody who wants to save: nobody begins with everything. */
const UNFINISHED = ['nameless', 'about_nothing'];

const key = ({ field, row, column }: Objection['path']): string =>
  [field, row, column].filter(Boolean).join('/');

export class Form {
  readonly spec: FormSpec;
  /** The record to edit; none of a new one. */
  readonly id: DocumentId | undefined;
  readonly from: DocumentId | undefined;
  #app: App;
  #draft: Draft<Kept>;
  /** The record as it was opened, or what a new one begins with. */
  opened = $state.raw<FormView>();
  /** Why the record to edit is not there; a new one, and a form in a sheet, say it at once instead. */
  missing = $state.raw<Problem>();
  /** The record as it is now, where it was changed since. */
  #now = $state.raw<FormView>();
  typed = $state<Typed>({ values: {}, texts: {}, rows: {} });
  #links = $state.raw<ReadonlyMap<DocumentId, Linked>>(new Map());
  /** When the draft was kept that stands here again, Unix milliseconds. */
  restored = $state<number>();
  #objections = $state.raw<readonly Objection[]>([]);
  /** Records that may be the same. */
  alike = $state.raw<readonly Linked[]>([]);
  /** Somebody wanted to save it. */
  asked = $state(false);
  saving = $state(false);
  #resting: ReturnType<typeof setTimeout> | undefined;
  #steps: { name: string; typed: string }[] = [];
  #gone = false;
  #keeps: 'draft' | 'nothing';
  #before: FormView | undefined;
  #begun: Record<string, unknown> = {};
  /** Places where what stands cannot be read: what was there before is not saved in its place. */
  #misread = new SvelteSet<string>();

  constructor(app: App, spec: FormSpec, { id, from, keeps = 'draft', opened }: Of) {
    this.#app = app;
    this.spec = spec;
    this.id = id;
    this.from = from;
    this.#keeps = keeps;
    this.#before = opened;
    this.#draft = new Draft(app, recordDraft(pathOf(spec, id, from)));
  }

  /** What a field says before anything else was read: what was typed where the record was looked for. */
  beginsWith(name: string, value: string): void {
    this.#begun = { [name]: value };
  }

  /** Reads what stands there, and keeps it current until the answer is called. */
  open(): () => void {
    void this.#begin();
    const stop = this.#app.onChange(
      () => void (this.opened === undefined ? this.#begin() : this.#reread()),
      () => (this.id === undefined ? [] : [this.id]),
    );
    return () => {
      stop();
      clearTimeout(this.#resting);
      if (!this.#gone) void this.#draft.rest();
    };
  }

  #begin = again(async () => {
    if (this.opened !== undefined) return;
    const kept = this.#keeps === 'draft' ? await this.#app.ask('draft', { form: this.#draft.form }) : null;
    // What is typed into a form that was begun anew would be kept over what cannot be read.
    if (kept === undefined) return;
    if (kept) {
      const { opened, typed, links } = kept.body as Kept;
      this.#links = new Map(links.map((one) => [one.document, one]));
      this.typed = typed;
      this.opened = opened;
      this.restored = kept.saved_ms;
      void this.#reread();
      this.#rest();
      return;
    }
    const edits = this.#keeps === 'draft' && this.id !== undefined;
    const missing = (problem: Problem): void => void (this.missing = problem);
    const opened = this.#before ?? (await this.#read(edits ? missing : undefined));
    if (opened) this.#start(opened);
    if (this.#before) void this.#reread();
  });

  #start(opened: FormView): void {
    this.#know(opened.links);
    const { me } = this.#app;
    if (this.id === undefined && me) {
      const begun = this.spec.begins?.(opened, me.employee.document, me.at_a_desk) ?? {};
      this.#know([me.employee]);
      this.typed = { ...typedOf(opened), values: { ...opened.values, ...begun, ...this.#begun } };
      // What a new record is made with is written, also where nobody changed it.
      this.opened = { ...opened, values: {}, texts: {}, rows: {} };
    } else {
      this.typed = typedOf(opened);
      this.opened = opened;
    }
    this.#rest();
  }

  async #read(failed?: (problem: Problem) => void): Promise<FormView | undefined> {
    const asked = {
      kind: this.spec.kind,
      ...(this.id !== undefined && { document: this.id }),
      ...(this.id === undefined && this.from !== undefined && { from: this.from }),
    };
    return this.#app.ask('open_form', asked, failed);
  }

  /** What others wrote meanwhile stands at once where nothing was typed, and beside it where something was. */
  #reread = again(async () => {
    if (this.id === undefined) return;
    const now = await this.#read();
    if (!now || !this.opened) return;
    this.#know(now.links);
    const opened = typedOf(this.opened);
    for (const { name, control } of fieldsOf(this.spec)) {
      if (!same(said(opened, { name, control }), said(this.typed, { name, control }))) continue;
      if (control.is === 'text') opened.texts[name] = this.typed.texts[name] = now.texts[name] ?? '';
      else opened.values[name] = this.typed.values[name] = now.values[name];
    }
    for (const { name } of rowsOf(this.spec)) {
      if (!same(opened.rows[name], this.typed.rows[name])) continue;
      opened.rows[name] = typedOf(now).rows[name] ?? [];
      this.typed.rows[name] = typedOf(now).rows[name] ?? [];
    }
    // While something typed stands against something unseen, the form goes on from what was seen.
    const head = this.changed ? this.opened.head : now.head;
    this.opened = { ...this.opened, ...opened, head, rights: now.rights };
    this.#now = now;
  });

  /** What saving writes. */
  get writes(): Writes {
    if (!this.opened) return writesOf(this.spec, this.typed, this.typed, [], '');
    return writesOf(this.spec, this.opened, this.typed, this.#seen, m.form_row_removed());
  }

  get #seen(): string[] {
    return this.opened?.head?.heads ?? [];
  }

  get changed(): boolean {
    return !writesNothing(this.writes);
  }

  /** What a colleague wrote there since the form was opened, when it differs from what was typed. */
  meanwhile(spec: FieldSpec): { value: unknown } | undefined {
    if (!this.#now || !this.opened) return undefined;
    const now = said(typedOf(this.#now), spec);
    const differs = !same(now, said(this.opened, spec)) && !same(now, said(this.typed, spec));
    return differs && spec.control.is !== 'text' ? { value: now } : undefined;
  }

  /** Why a field may not be written; nothing when it may. */
  refusal(name: string) {
    const rights = this.opened?.rights;
    if (!rights || rights.fields.includes(name)) return undefined;
    return rights.refusals[name];
  }

  /** What stands against a place: what the device says, or that nothing stands where something must. */
  problem(path: string): string | undefined {
    const shown = this.#objections.filter(({ why }) => this.asked || !UNFINISHED.includes(why.code));
    const objection = shown.find((one) => key(one.path) === path);
    if (objection) return objectionText(objection.why);
    if (!this.asked || !this.#lacking.includes(path)) return undefined;
    return (fieldsOf(this.spec).find(({ name }) => name === path)?.lacks ?? m.form_lacks)();
  }

  /** Objections to what no field of the form shows. */
  get others(): string[] {
    const shown = new Set([
      ...fieldsOf(this.spec).map(({ name }) => name),
      ...rowsOf(this.spec).map(({ name }) => name),
    ]);
    const others = this.#objections.filter(({ path }) => !shown.has(path.field));
    return [...new Set(others.map(({ why }) => objectionText(why)))];
  }

  get hasProblems(): boolean {
    return this.#objections.length > 0 || this.#lacking.length > 0 || this.#misread.size > 0;
  }

  /** Says that what stands at a place cannot be read, until the answer is called. */
  misread(path: string): () => void {
    this.#misread.add(path);
    return () => this.#misread.delete(path);
  }

  isNeeded(name: string): boolean {
    return this.spec.needs.some(([first]) => first === name);
  }

  /** The first field of each need that nothing answers. */
  get #lacking(): string[] {
    const says = (name: string): boolean =>
      !isEmpty(this.typed.values[name]) || !isEmpty(this.typed.texts[name]);
    return this.spec.needs.filter((any) => !any.some(says)).flatMap(([first]) => first ?? []);
  }

  link(document: unknown): Linked | undefined {
    return typeof document === 'string' ? this.#links.get(document) : undefined;
  }

  #know(links: readonly Linked[]): void {
    this.#links = new Map([...this.#links, ...links.map((one) => [one.document, one] as const)]);
  }

  set(name: string, value: unknown, links: readonly Linked[] = []): void {
    this.#step(name);
    this.#know(links);
    this.typed.values[name] = value;
    this.#changed(name);
  }

  setText(name: string, text: string): void {
    this.#step(name);
    this.typed.texts[name] = text;
    this.#changed(name);
  }

  setColumn(name: string, row: string, column: string, value: unknown, links: readonly Linked[] = []): void {
    this.#step(`${name}/${row}/${column}`);
    this.#know(links);
    const found = this.typed.rows[name]?.find((one) => one.row === row);
    if (!found) return;
    found.columns[column] = value;
    this.#changed(`${name}/${row}/${column}`);
  }

  addRow(name: string): string {
    const row = newRow();
    this.#step(row);
    this.typed.rows[name] = [...(this.typed.rows[name] ?? []), { row, columns: {} }];
    this.#changed(name);
    return row;
  }

  removeRow(name: string, row: string): void {
    const rows = this.typed.rows[name] ?? [];
    const place = rows.findIndex((one) => one.row === row);
    const removed = $state.snapshot(rows[place]);
    if (!removed) return;
    this.#step(`${row} removed`);
    this.typed.rows[name] = rows.toSpliced(place, 1);
    this.#changed(name);
    this.#app.toasts.say(m.form_row_taken_out(), () => this.#putBack(name, removed, place));
  }

  /** Puts a row back where it stood, and leaves alone what was typed meanwhile. */
  #putBack(name: string, removed: Row, place: number): void {
    const rows = this.typed.rows[name] ?? [];
    // It may have come back by Ctrl+Z, or the form be saved without it.
    if (this.#gone || rows.some(({ row }) => row === removed.row)) return;
    this.#step(`${removed.row} put back`);
    this.typed.rows[name] = rows.toSpliced(place, 0, removed);
    this.#changed(name);
  }

  /** Fills in what the record just chosen says too: the customer of a card, the object of it. */
  async follow(document: DocumentId): Promise<void> {
    const given = await this.#app.ask('open_form', { kind: this.spec.kind, from: document });
    if (!given) return;
    this.#know(given.links);
    for (const name of ['customer', 'equipment', 'site']) {
      const isMine = this.refusal(name) === undefined;
      if (isMine && isEmpty(this.typed.values[name]) && !isEmpty(given.values[name])) {
        this.typed.values[name] = given.values[name];
      }
    }
    this.#changed('');
  }

  #step(name: string): void {
    // Letters typed into one field one after the other are taken back together.
    if (this.#steps.at(-1)?.name === name) return;
    this.#steps = [...this.#steps.slice(1 - STEPS), { name, typed: JSON.stringify(this.typed) }];
  }

  /** Takes the last step back; false when there is none. */
  undo(): boolean {
    const step = this.#steps.pop();
    if (!step) return false;
    this.typed = JSON.parse(step.typed) as Typed;
    this.#changed('');
    return true;
  }

  #changed(path: string): void {
    this.#objections = this.#objections.filter((one) => key(one.path) !== path);
    this.#keep();
    this.#rest();
  }

  #keep(): void {
    if (!this.opened || this.#keeps === 'nothing') return;
    this.#draft.keep({
      opened: this.opened,
      typed: $state.snapshot(this.typed),
      links: [...this.#links.values()],
    });
  }

  #rest(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => void this.check(), REST_MS);
  }

  /** Asks the device what speaks against saving; true when nothing does. */
  async check(): Promise<boolean> {
    if (!this.opened || this.#gone) return false;
    const { writes } = this;
    if (writesNothing(writes)) {
      this.#objections = [];
      return true;
    }
    const { document } = this.opened;
    const checked = await this.#app.ask('check_form', {
      kind: this.spec.kind,
      document,
      seen: this.#seen,
      writes,
    });
    if (!checked) return false;
    this.#objections = checked.objections;
    this.alike = checked.alike;
    return checked.objections.length === 0;
  }

  /** Saves it on the device; the record when that worked. Of a form in a sheet its draft is the sheet's. */
  async save(sheet?: string): Promise<DocumentId | undefined> {
    this.asked = true;
    if (!this.opened || this.saving || this.#lacking.length > 0) return undefined;
    // The field itself says so: what was typed there would be lost without a word.
    if (this.#misread.size > 0) return undefined;
    this.saving = true;
    try {
      if (!(await this.check())) return undefined;
      const { document } = this.opened;
      const { writes } = this;
      const done = await this.#draft.send((own) => {
        const form = sheet ?? own;
        return this.id === undefined
          ? this.#app.ask('create_record', { kind: this.spec.kind, document, writes, form })
          : this.#app.ask('edit_record', { document, seen: this.#seen, writes, form });
      });
      if (!done) return undefined;
      this.#gone = true;
      const said = (this.id === undefined && this.spec.made) || this.spec.saved;
      this.#app.done(said(), done);
      return document;
    } finally {
      this.saving = false;
    }
  }

  /** Throws away what was typed; the toast brings it back. */
  async discard(): Promise<void> {
    const body: Kept | undefined = this.opened && {
      opened: this.opened,
      typed: $state.snapshot(this.typed),
      links: [...this.#links.values()],
    };
    this.#gone = true;
    clearTimeout(this.#resting);
    await this.#draft.drop();
    const { form } = this.#draft;
    this.#app.did(m.form_discarded(), async (failed) => {
      if (!(await this.#app.ask('keep_draft', { form, body }, failed))) return;
      this.#app.router.go(pathOf(this.spec, this.id, this.from));
    });
  }
}

function pathOf({ kind }: FormSpec, id: DocumentId | undefined, from: DocumentId | undefined): string {
  return id === undefined ? newPath(kind, from) : editPath(kind, id);
}
