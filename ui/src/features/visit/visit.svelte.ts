/** A visit on the screen: what it says, what is being typed, what may be done next. */
import type { App } from '$lib/app/app.svelte';
import type { Choice, DocumentId, NewWork, RowId, TextView, VisitAct, VisitView } from '$lib/backend/views';
import { doneText, nextStep, type Step } from '$lib/visits/step';
import { m } from '$lib/words';

/** Parts of the page that tell when a colleague's change arrived in them. */
export type Part = 'works' | 'checklist' | 'parts' | 'photos' | 'findings';
const PARTS: readonly Part[] = ['works', 'checklist', 'parts', 'photos', 'findings'];

/** What asks for a reason before it is done. */
export type Question = 'pause' | 'decline' | 'finish' | 'work';

/** How long typing rests before it is saved, milliseconds. */
const REST_MS = 500;

export class VisitScreen {
  readonly id: DocumentId;
  #app: App;
  view = $state.raw<VisitView>();
  workKinds = $state.raw<readonly Choice[]>([]);
  /** Parts a colleague's change has just come into. */
  merged = $state.raw<readonly Part[]>([]);
  question = $state<Question>();
  /** The planned work that the work sheet was opened for. */
  planned = $state.raw<DocumentId>();
  typed = $state<string>();
  #base: TextView | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #saving: Promise<unknown> = Promise.resolve();

  step: Step | undefined = $derived.by(() => {
    const step = this.view && nextStep(this.view);
    return step && this.view?.may.act.includes(step.act) ? step : undefined;
  });
  findings: string = $derived(this.typed ?? this.view?.findings.text ?? '');

  constructor(app: App, id: DocumentId) {
    this.#app = app;
    this.id = id;
  }

  /** Reads the visit and keeps it current until the answer is called, which saves what is being typed. */
  open(): () => void {
    void this.#app.attempt(async () => {
      this.view = await this.#app.backend.visit(this.id);
      this.workKinds = await this.#app.backend.workKinds();
    });
    const stop = this.#app.backend.onChange((change) => {
      if (change.documents.includes(this.id)) void this.#reread();
    });
    return () => {
      stop();
      this.#rested();
    };
  }

  async #reread(): Promise<void> {
    await this.#app.attempt(async () => {
      const before = this.view;
      const after = await this.#app.backend.visit(this.id);
      this.merged = before ? PARTS.filter((part) => says(before, part) !== says(after, part)) : [];
      this.view = after;
    });
  }

  /** The big button: does the next step, or asks how the visit ends. */
  async next(): Promise<void> {
    if (!this.step) return;
    if (this.step.act === 'completed') this.question = 'finish';
    else await this.act(this.step.act);
  }

  async act(act: VisitAct, reason: string | null = null): Promise<void> {
    this.question = undefined;
    await this.#app.attempt(async () => {
      const { visit, row } = await this.#app.backend.act(this.id, act, reason);
      this.view = visit;
      this.#app.toasts.say(doneText(act), () => void this.#takeBack('events', row));
    });
  }

  askWork(planned?: DocumentId): void {
    this.planned = planned;
    this.question = 'work';
  }

  async addWork(work: NewWork): Promise<void> {
    this.question = undefined;
    await this.#app.attempt(async () => {
      const { visit, row } = await this.#app.backend.addWork(this.id, work);
      this.view = visit;
      this.#app.toasts.say(m.done_work_added(), () => void this.#takeBack('works', row));
    });
  }

  async answer(item: RowId, answer: string | null): Promise<void> {
    await this.#app.attempt(async () => {
      this.view = await this.#app.backend.answer(this.id, item, answer);
    });
  }

  async addPhotos(files: Iterable<File>): Promise<void> {
    for (const file of files) {
      await this.#app.attempt(async () => {
        this.view = await this.#app.backend.addPhoto(this.id, file, '');
      });
    }
  }

  async putAway(envelope: string): Promise<void> {
    await this.#app.attempt(async () => {
      await this.#app.backend.putAway(envelope);
      this.view = await this.#app.backend.visit(this.id);
    });
  }

  /** Typing is saved as it rests; what colleagues type meanwhile joins it in the record. */
  type(text: string): void {
    this.#base ??= this.view?.findings;
    this.typed = text;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#rested(), REST_MS);
  }

  #rested(): void {
    clearTimeout(this.#resting);
    this.#saving = this.#saving.then(() => this.#saveFindings());
  }

  async #saveFindings(): Promise<void> {
    const [base, text] = [this.#base, this.typed];
    if (base === undefined || text === undefined) return;
    await this.#app.attempt(async () => {
      this.#base = await this.#app.backend.setFindings(this.id, base, text);
      if (this.typed !== text) return;
      this.view = await this.#app.backend.visit(this.id);
      this.typed = undefined;
      this.#base = undefined;
    });
  }

  async #takeBack(field: 'events' | 'works' | 'photos', row: RowId): Promise<void> {
    await this.#app.attempt(async () => {
      this.view = await this.#app.backend.withdraw(this.id, field, row);
    });
  }
}

function says(view: VisitView, part: Part): string {
  return JSON.stringify(view[part]);
}
