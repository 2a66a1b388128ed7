/** What the office does with a visit: the buttons of its page at the desk, and what they ask first. */
import type { App } from '$lib/app/app.svelte';
import type { PageCommand } from '$lib/app/commands.svelte';
import { editPath } from '$lib/app/paths';
import type { Done, StepOffer, VisitAct, VisitPage } from '$lib/bindings';
import type { RecordPage } from '$lib/records/page.svelte';
import { OpenSheet } from '$lib/records/sheet.svelte';
import { Steps } from '$lib/records/steps.svelte';
import type { FieldAct } from '$lib/visits/step';
import { m } from '$lib/words';

export type OfficeAct = Exclude<VisitAct, FieldAct>;

const STEPS = {
  dispatched: { word: m.visit_act_dispatch, done: m.done_dispatched, icon: 'van', keys: 'Alt+S' },
  reviewed: { word: m.visit_act_review, done: m.done_reviewed, icon: 'check', keys: 'Alt+R' },
  closed: { word: m.visit_act_close, done: m.done_closed, icon: 'lock', keys: 'Alt+L' },
  cancelled: { word: m.visit_act_cancel, done: m.done_cancelled, icon: 'no', keys: 'Alt+X' },
  reopened: { word: m.card_act_reopen, done: m.done_reopened, icon: 'undo', keys: 'Alt+O' },
} as const satisfies Record<
  OfficeAct,
  Omit<PageCommand, 'id' | 'label' | 'run'> & Record<'word' | 'done', () => string>
>;

/** Before the work somebody must be found who goes. */
const NOBODY_GOES: readonly VisitPage['state'][] = ['new', 'scheduled', 'declined'];

export class OfficeWork {
  #app: App;
  #page: RecordPage<'visit_page'>;
  /** Asks for the reason that a step wants first. */
  readonly sheet: OpenSheet<OfficeAct>;
  readonly steps = new Steps();

  /** The one obvious step. */
  next: PageCommand | undefined = $derived.by(() => {
    const view = this.#page.view;
    if (!view) return undefined;
    return view.office_primary ? this.#command(view.office_primary) : this.#assigning(view);
  });
  others: PageCommand[] = $derived.by(() =>
    (this.#page.view?.office_others ?? []).flatMap((offer) => this.#command(offer, 'again') ?? []),
  );

  constructor(app: App, page: RecordPage<'visit_page'>) {
    this.#app = app;
    this.#page = page;
    this.sheet = new OpenSheet(app, `office ${page.id}`);
  }

  word(act: OfficeAct): string {
    return STEPS[act].word();
  }

  async take(act: OfficeAct, reason?: string): Promise<void> {
    const asked = { visit: this.#page.id, act, ...(reason !== undefined && { reason }) };
    const write = async (form: string): Promise<Done | undefined> => {
      await this.#page.rest();
      return this.#app.ask('take_visit_step', { ...asked, form });
    };
    const done = await this.steps.take(() => this.sheet.answer(write, this.#page.read));
    if (done) this.#app.done(STEPS[act].done(), done);
  }

  #command({ act, needs_reason: asks, refusal }: StepOffer, when?: 'again'): PageCommand | undefined {
    if (refusal || !isOfficeAct(act)) return undefined;
    const { icon, keys } = STEPS[act];
    // Offered beside another step, it was sent before.
    const label = act === 'dispatched' && when === 'again' ? m.visit_act_dispatch_again() : this.word(act);
    const run = (): void => (asks ? this.sheet.open(act) : void this.take(act));
    return { id: act, icon, label, keys, run };
  }

  #assigning(view: VisitPage): PageCommand | undefined {
    const may = view.head.rights.fields.includes('specialists');
    if (!may || !NOBODY_GOES.includes(view.state)) return undefined;
    const run = (): void => this.#app.router.go(editPath('visit', this.#page.id, 'specialists'));
    return { id: 'assign', icon: 'users', label: m.visit_act_assign(), run };
  }
}

const isOfficeAct = (act: VisitAct): act is OfficeAct => act in STEPS;
