/** A day of mine: its visits in order, which one is next, what is not ready yet. */
import { again } from '$lib/app/again';
import type { App } from '$lib/app/app.svelte';
import { visitPath } from '$lib/app/paths';
import type { DayVisit, Today as DayView } from '$lib/bindings';
import type { LocalDate } from '$lib/format/date';
import { Steps } from '$lib/records/steps.svelte';
import { doneText, ENDINGS, stepOf } from '$lib/visits/step';
import { lacks } from './readiness';

export class Today {
  readonly date: LocalDate;
  readonly steps = new Steps();
  #app: App;
  view = $state.raw<DayView>();
  /** The visit under way, or else the first that is not over. */
  next: DayVisit | undefined = $derived(
    this.view?.visits.find((visit) => visit.phase === 'under_way') ??
      this.view?.visits.find((visit) => visit.phase === 'ahead'),
  );
  finished: number = $derived(this.view?.visits.filter((visit) => visit.phase === 'over').length ?? 0);
  minutes: number = $derived(sum(this.view, (visit) => visit.duration_minutes));
  metres: number = $derived(sum(this.view, (visit) => visit.way_m));
  lacking = $derived(lacks(this.view?.visits ?? []));

  constructor(app: App, date: LocalDate) {
    this.#app = app;
    this.date = date;
  }

  /** Reads the day and keeps it current until the answer is called. */
  open(): () => void {
    const read = again(async () => {
      this.view = (await this.#app.ask('today', { date: this.date })) ?? this.view;
    });
    void read();
    return this.#app.onChange(() => void read());
  }

  /** Does the visit's next step and opens it, except that finishing is decided on its page. */
  async step(visit: DayVisit): Promise<void> {
    const step = stepOf(visit.next);
    if (step && !ENDINGS.includes(step.act)) {
      const asked = { visit: visit.link.document, act: step.act };
      const done = await this.steps.take(() => this.#app.ask('take_visit_step', asked));
      if (!done) return;
      this.#app.done(doneText(step.act), done);
    }
    this.#app.router.go(visitPath(visit.link.document));
  }
}

function sum(view: DayView | undefined, of: (visit: DayVisit) => number | null): number {
  return (view?.visits ?? []).reduce((total, visit) => total + (of(visit) ?? 0), 0);
}
