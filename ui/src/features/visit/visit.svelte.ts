/** A visit on the screen: what it says, what is being typed, what may be done next. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { editPath, newPath } from '$lib/app/paths';
import type { Problem } from '$lib/backend/backend';
import type {
  ChangeHash,
  DocumentId,
  Done,
  PickerChoice,
  RowId,
  VisitPage,
  WorkEntered,
  WorkEntry,
  WorkLine,
} from '$lib/bindings';
import { OpenSheet } from '$lib/records/sheet.svelte';
import { Steps } from '$lib/records/steps.svelte';
import { Typing } from '$lib/records/typing.svelte';
import { stands } from '$lib/records/withdrawing';
import { doneText, ENDINGS, type FieldAct, type Step, stepOf } from '$lib/visits/step';
import { m } from '$lib/words';
import { answerIn, Answers } from './answers.svelte';
import { Parts } from './parts.svelte';
import { Photos } from '$lib/records/photos/photos.svelte';

/** Parts of the page that tell when a colleague's change arrived in them. */
export type Part = 'works' | 'checklist' | 'parts' | 'photos' | 'findings' | 'recommendations';
const PARTS: readonly Part[] = ['works', 'checklist', 'parts', 'photos', 'findings', 'recommendations'];

/** What asks for more before it is done. */
export type Question =
  | { of: 'pause' | 'decline' | 'finish' | 'impossible' }
  /** A work to write down, of a kind that was planned. */
  | { of: 'work'; planned?: DocumentId | undefined }
  /** A row to correct. */
  | { of: 'row'; line: WorkLine; row: WorkEntry; seen: ChangeHash[] };

export class VisitScreen {
  readonly id: DocumentId;
  readonly findings: Typing;
  readonly recommendations: Typing;
  readonly photos: Photos;
  readonly parts: Parts;
  readonly answers: Answers;
  /** What asks for more. */
  readonly sheet: OpenSheet<Question>;
  readonly steps = new Steps();
  #app: App;
  view = $state.raw<VisitPage>();
  /** Why there is nothing to show; of no meaning once there is. */
  problem = $state.raw<Problem>();
  workKinds = $state.raw<readonly PickerChoice[]>([]);
  units = $state.raw<readonly PickerChoice[]>([]);
  /** Parts a colleague's change has just come into. */
  merged = $state.raw<readonly Part[]>([]);
  /** Answers of the checklist on their way. */
  #sending = new Map<RowId, { answer: string | null; done: Promise<void> }>();
  /** A colleague's change has come since the page was read. */
  #theirs = false;

  step: Step | undefined = $derived.by(() => {
    const primary = this.view?.primary;
    return primary && !primary.refusal ? stepOf(primary.act) : undefined;
  });
  /** The other steps that may be taken. */
  others: readonly FieldAct[] = $derived(
    (this.view?.others ?? []).flatMap((offer) => (offer.refusal ? [] : (stepOf(offer.act)?.act ?? []))),
  );
  /** How the visit may end now. */
  endings: readonly FieldAct[] = $derived(
    [...(this.step ? [this.step.act] : []), ...this.others].filter((act) => ENDINGS.includes(act)),
  );
  /** Whether it counts: nothing is done on what was made by mistake. */
  counts: boolean = $derived(this.view !== undefined && stands(this.view.head));
  /** Whether facts may be written here. */
  writable: boolean = $derived(this.counts && (this.view?.head.rights.fields.includes('works') ?? false));

  #reread = again(async () => {
    const [before, theirs] = [this.view, this.#theirs];
    const shown = [this.findings.reading(), this.recommendations.reading()];
    this.#theirs = false;
    const missing = (problem: Problem): void => void (this.problem = problem);
    const asked = { document: this.id };
    const after = await this.#app.ask('visit_page', asked, before === undefined ? missing : undefined);
    if (!after) return;
    const merged = before !== undefined && theirs;
    this.merged = merged ? PARTS.filter((part) => says(before, part) !== says(after, part)) : [];
    this.view = after;
    shown.forEach((show) => show());
  });

  constructor(app: App, id: DocumentId) {
    this.#app = app;
    this.id = id;
    this.findings = new Typing(app, id, 'findings');
    this.recommendations = new Typing(app, id, 'recommendations');
    this.answers = new Answers(app, id);
    this.sheet = new OpenSheet(app, `visit ${id}`);
    const heads = (): ChangeHash[] => this.view?.head.heads ?? [];
    this.photos = new Photos(app, id, heads);
    this.parts = new Parts(app, id, heads);
  }

  /** Reads the visit and keeps it current until the answer is called, which saves what is being typed. */
  open(): () => void {
    this.steps.open();
    void Promise.all([this.#reread(), this.#readDrafts()]).then(() =>
      this.answers.settle(this.view?.checklist?.items ?? []),
    );
    void this.#readChoices();
    const stop = this.#app.onChange(
      (event) => {
        this.#theirs ||= event.event !== 'records' || event.origin === 'sync';
        void this.#reread();
      },
      () => this.#shown(),
    );
    return () => {
      stop();
      void this.#restTexts();
      void this.answers.rest();
    };
  }

  /** What was typed and not written down when the window was gone. */
  async #readDrafts(): Promise<void> {
    await Promise.all(
      [this.answers, this.sheet, this.parts.sheet, this.photos.sheet].map((one) => one.read()),
    );
  }

  /** The big button: does the next step, or asks how the visit ends. */
  async next(): Promise<void> {
    if (this.step) await this.choose(this.step.act);
  }

  /** Takes a step, or asks for what it needs first. */
  async choose(act: FieldAct): Promise<void> {
    if (act === 'cannot_complete') this.sheet.open({ of: 'impossible' });
    else if (ENDINGS.includes(act)) await this.#finish();
    else if (act === 'paused') this.sheet.open({ of: 'pause' });
    else if (act === 'declined') this.sheet.open({ of: 'decline' });
    else await this.act(act);
  }

  /** What is missing for the end is said of the facts: what is typed is one of them first. */
  async #finish(): Promise<void> {
    await this.#rest();
    await this.#reread();
    this.sheet.open({ of: 'finish' });
  }

  async act(act: FieldAct, reason?: string): Promise<void> {
    const asked = reason === undefined ? { visit: this.id, act } : { visit: this.id, act, reason };
    const write = async (form: string): Promise<Done | undefined> => {
      await this.#rest();
      return this.#app.ask('take_visit_step', { ...asked, form });
    };
    await this.steps.take(() => this.#does(doneText(act), write));
  }

  addWork(work: WorkEntered): Promise<void> {
    const asked = { visit: this.id, work };
    return this.#does(m.done_work_added(), (form) => this.#app.ask('add_work', { ...asked, form }));
  }

  correctWork(row: RowId, seen: ChangeHash[], work: WorkEntered): Promise<void> {
    const asked = { visit: this.id, seen, row, work };
    return this.#does(m.done_work_corrected(), (form) => this.#app.ask('correct_work', { ...asked, form }));
  }

  withdrawWork(row: RowId): Promise<void> {
    const asked = { document: this.id, field: 'works', row, why: m.why_mistake() };
    return this.#does(m.done_work_withdrawn(), (form) => this.#app.ask('withdraw_row', { ...asked, form }));
  }

  /** Does what the open sheet asks about, and says so. */
  async #does(text: string, save: (form: string) => Promise<Done | undefined>): Promise<void> {
    const done = await this.sheet.answer(save, this.#reread);
    if (done) this.#app.done(text, done);
  }

  /** Answers a question of the checklist; null takes the answer back. */
  answer(item: RowId, answer: string | null): Promise<void> {
    // Whoever leaves a field by the big button answers and finishes at once: that is one answer.
    const sent = this.#sending.get(item);
    if (sent?.answer === answer) return sent.done;
    const sending = { answer, done: this.#write(item, answer) };
    this.#sending.set(item, sending);
    void sending.done.finally(() => {
      if (this.#sending.get(item) === sending) this.#sending.delete(item);
    });
    return sending.done;
  }

  async #write(item: RowId, answer: string | null): Promise<void> {
    const typed = this.answers.typed[item];
    const done = await this.#app.ask('answer_checklist', { visit: this.id, item, answer });
    if (!done) return;
    this.#saysAnswered(item, answer, done);
    await this.#reread();
    // What was typed meanwhile is not written yet.
    if (this.answers.typed[item] === typed) this.answers.leave(item);
    this.answers.written();
  }

  /** What stood there already was not written, and there is nothing to take back. */
  #saysAnswered(item: RowId, answer: string | null, done: Done): void {
    if (done.records.every(({ changes }) => changes.length === 0)) return;
    const question = this.view?.checklist?.items.find((line) => line.item === item)?.text ?? '';
    const said = answer === null ? m.done_answer_cleared : m.done_answered;
    this.#app.done(said({ question }), done);
  }

  /** Saves the long texts as they are typed now. */
  async #restTexts(): Promise<void> {
    await Promise.all([this.findings.rest(), this.recommendations.rest()]);
  }

  /** Writes down what is typed, where it says something. */
  async #rest(): Promise<void> {
    await this.#restTexts();
    const items = this.view?.checklist?.items ?? [];
    for (const [item, text] of Object.entries(this.answers.typed)) {
      const line = items.find((one) => one.item === item);
      const answer = answerIn(line, text);
      if (answer !== undefined) void this.answer(item, answer);
    }
    await Promise.all([...this.#sending.values()].map(({ done }) => done));
  }

  /** Whether a complaint may be filed here. */
  get complains(): boolean {
    return this.#app.me?.makes.includes('complaint') ?? false;
  }

  /** Whether the plan of the visit may be edited. */
  get edits(): boolean {
    const rights = this.view?.head.rights;
    return rights !== undefined && (!rights.known || rights.fields.includes('window'));
  }

  edit(): void {
    this.#app.router.go(editPath('visit', this.id));
  }

  complain(): void {
    this.#app.router.go(newPath('complaint', this.id));
  }

  async #readChoices(): Promise<void> {
    this.workKinds = (await this.#app.ask('choices', { of: { directory: 'work_kind' } })) ?? [];
    this.units = (await this.#app.ask('choices', { of: { directory: 'unit' } })) ?? [];
  }

  /** The records that the page is made of. */
  #shown(): DocumentId[] {
    const view = this.view;
    const around = [view?.customer, view?.equipment?.link, view?.card?.link, view?.checklist?.template];
    return [this.id, ...around.flatMap((one) => (one ? [one.document] : []))];
  }
}

function says(view: VisitPage, part: Part): string {
  return JSON.stringify(view[part]);
}
