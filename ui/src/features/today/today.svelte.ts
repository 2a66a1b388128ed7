/** A day of mine: its visits in order, which one is next, what to take along. */
import type { App } from '$lib/app/app.svelte';
import type { DayView, VisitLine } from '$lib/backend/views';
import type { LocalDate } from '$lib/format/date';
import { isOver, isUnderWay, nextStep } from '$lib/visits/step';
import { visitPath } from '$lib/app/paths';

export class Today {
  readonly date: LocalDate;
  #app: App;
  view = $state.raw<DayView>();
  /** The visit under way, or else the first that is not over. */
  next: VisitLine | undefined = $derived(
    this.view?.visits.find((visit) => isUnderWay(visit.state)) ??
      this.view?.visits.find((visit) => !isOver(visit)),
  );
  finished: number = $derived(this.view?.visits.filter(isOver).length ?? 0);
  minutes: number = $derived(sum(this.view, (visit) => visit.duration_minutes));
  metres: number = $derived(sum(this.view, (visit) => visit.distance_m));
  lacking: number = $derived(this.view?.readiness.filter((item) => !item.taken).length ?? 0);

  constructor(app: App, date: LocalDate) {
    this.#app = app;
    this.date = date;
  }

  /** Reads the day and keeps it current until the answer is called. */
  open(): () => void {
    void this.#read();
    return this.#app.backend.onChange(() => void this.#read());
  }

  async #read(): Promise<void> {
    await this.#app.attempt(async () => {
      this.view = await this.#app.backend.day(this.date);
    });
  }

  async take(item: string, taken: boolean): Promise<void> {
    await this.#app.attempt(async () => {
      this.view = await this.#app.backend.setTaken(this.date, item, taken);
    });
  }

  /** Does the visit's next step and opens it, except that finishing is decided on its page. */
  async step(visit: VisitLine): Promise<void> {
    const step = nextStep(visit);
    if (step && step.act !== 'completed') {
      const done = await this.#app.attempt(async () => {
        await this.#app.backend.act(visit.id, step.act, null);
      });
      if (!done) return;
    }
    this.#app.router.go(visitPath(visit.id));
  }
}

function sum(view: DayView | undefined, of: (visit: VisitLine) => number | null): number {
  return (view?.visits ?? []).reduce((total, visit) => total + (of(visit) ?? 0), 0);
}
