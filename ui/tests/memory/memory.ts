/**
 * A device library in memory, for tests and for the gallery: what is done really happens, so the pages
 * can be used on it from the first tap to the last. It knows nothing of a relay; `arrive` plays one.
 */
import { type Backend, BackendError } from '$lib/backend/backend';
import type {
  Change,
  Choice,
  DayView,
  Me,
  ReadinessItem,
  Status,
  VisitLine,
  VisitView,
  WorkRowView,
} from '$lib/backend/views';
import { canonical, plusDays } from '$lib/format/date';
import { mayAct, stateOf, type VisitFact, type WorkFact } from './facts';

export interface World {
  me: Me;
  status: Status;
  kinds: Choice[];
  visits: VisitFact[];
  readiness: Record<string, ReadinessItem[]>;
}

const OPEN = ['new', 'scheduled', 'dispatched', 'accepted', 'declined'];

export class MemoryBackend implements Backend {
  world: World;
  #listeners = new Set<(change: Change) => void>();
  #rows = 0;

  constructor(world: World) {
    this.world = structuredClone(world);
  }

  /** Something came from the office: changes a visit and tells the screens. */
  arrive(id: string, change: (visit: VisitFact) => void): void {
    change(this.#fact(id));
    this.#tell({ documents: [id], status: false });
  }

  me = (): Promise<Me> => Promise.resolve(structuredClone(this.world.me));
  status = (): Promise<Status> => Promise.resolve(structuredClone(this.world.status));
  workKinds = (): Promise<Choice[]> => Promise.resolve(structuredClone(this.world.kinds));

  day = (date: string): Promise<DayView> => {
    const of = (day: string): VisitFact[] =>
      this.world.visits
        .filter((visit) => visit.date === day)
        .sort((a, b) => (a.window?.from ?? '').localeCompare(b.window?.from ?? ''));
    const visits = of(date);
    const next = [1, 2, 3, 4, 5, 6, 7].map((days) => plusDays(date, days)).find((day) => of(day).length > 0);
    const first = next ? of(next)[0] : undefined;
    return Promise.resolve({
      date,
      visits: visits.map((visit, index) => this.#line(visit, visits[index - 1])),
      readiness: structuredClone(this.world.readiness[date] ?? []),
      next:
        next && first?.window
          ? {
              date: next,
              visits: of(next).length,
              first: {
                window: first.window,
                customer: first.customer,
                settlement: first.place?.settlement ?? null,
              },
            }
          : null,
    });
  };

  visit = (id: string): Promise<VisitView> => Promise.resolve().then(() => this.#view(this.#fact(id)));

  setTaken = (date: string, item: string, taken: boolean): Promise<DayView> => {
    for (const one of this.world.readiness[date] ?? []) if (one.id === item) one.taken = taken;
    return this.day(date);
  };

  act: Backend['act'] = async (id, act, reason) => {
    const visit = this.#fact(id);
    if (!mayAct(visit).includes(act)) throw new BackendError('not_allowed', act);
    const row = this.#row();
    visit.events.push({ row, act, at: canonical(new Date()), reason });
    this.#wrote(visit);
    return { visit: await this.visit(id), row };
  };

  addWork: Backend['addWork'] = async (id, work) => {
    const visit = this.#fact(id);
    const row = this.#row();
    const { work_kind: kind, volume, period } = work;
    visit.works.push({ row, kind, volume, period, who: this.world.me.name, mine: true });
    this.#wrote(visit);
    return { visit: await this.visit(id), row };
  };

  answer: Backend['answer'] = (id, item, answer) => {
    const visit = this.#fact(id);
    if (answer === null)
      visit.answers = Object.fromEntries(Object.entries(visit.answers).filter(([key]) => key !== item));
    else visit.answers[item] = answer;
    this.#wrote(visit);
    return this.visit(id);
  };

  setFindings: Backend['setFindings'] = (id, base, text) => {
    const visit = this.#fact(id);
    // What a colleague wrote behind the base stays behind what is saved here.
    const theirs = visit.findings.startsWith(base.text) ? visit.findings.slice(base.text.length) : '';
    visit.findings = text + theirs;
    this.#wrote(visit);
    return Promise.resolve({ text, heads: [this.#row()] });
  };

  addPhoto: Backend['addPhoto'] = (id, file, caption) => {
    const visit = this.#fact(id);
    visit.photos.push({
      row: this.#row(),
      url: URL.createObjectURL(file),
      caption,
      standing: 'on_device',
      problem: null,
    });
    this.#wrote(visit);
    return this.visit(id);
  };

  withdraw: Backend['withdraw'] = (id, field, row) => {
    const visit = this.#fact(id);
    if (field === 'events') visit.events = visit.events.filter((one) => one.row !== row);
    if (field === 'works') visit.works = visit.works.filter((one) => one.row !== row);
    if (field === 'photos') visit.photos = visit.photos.filter((one) => one.row !== row);
    this.#wrote(visit);
    return this.visit(id);
  };

  putAway = (envelope: string): Promise<void> => {
    for (const visit of this.world.visits)
      if (visit.not_accepted?.envelope === envelope) visit.not_accepted = null;
    this.world.status.not_accepted = this.world.visits.filter((visit) => visit.not_accepted).length;
    this.#tell({ documents: [], status: true });
    return Promise.resolve();
  };

  onChange = (listener: (change: Change) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  #fact(id: string): VisitFact {
    const visit = this.world.visits.find((one) => one.id === id);
    if (!visit) throw new BackendError('no_such_record', id);
    return visit;
  }

  #row(): string {
    this.#rows += 1;
    return `row-${this.#rows}`;
  }

  #wrote(visit: VisitFact): void {
    visit.standing = 'on_device';
    this.world.status.unsent += 1;
    this.#tell({ documents: [], status: true });
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  #line(visit: VisitFact, before?: VisitFact): VisitLine {
    const state = stateOf(visit);
    const at = (act: string): string | null =>
      visit.events.findLast((event) => event.act === act)?.at ?? null;
    return structuredClone({
      id: visit.id,
      label: visit.label,
      state,
      standing: visit.standing,
      overdue: OPEN.includes(state) && visit.window !== null && new Date(visit.window.to) < new Date(),
      needs_decision: visit.needs_decision,
      window: visit.window,
      duration_minutes: visit.duration,
      customer: visit.customer,
      object: visit.object,
      task: visit.task,
      place: visit.place,
      contact: visit.contact,
      planned_works: visit.planned.length,
      checklist_items: visit.items.length,
      distance_m: before ? distance(before, visit) : null,
      arrived: at('arrived'),
    });
  }

  #view(visit: VisitFact): VisitView {
    const at = (...acts: string[]): string | null =>
      visit.events.findLast((event) => acts.includes(event.act))?.at ?? null;
    const line = this.#line(visit);
    const works = visit.planned.map(({ kind, volume, hours }) => {
      const rows = visit.works.filter((work) => work.kind === kind).map((work) => this.#work(work));
      const done = rows.reduce((sum, row) => sum + Number(row.volume), 0);
      const { label, unit } = this.#kind(kind);
      return {
        work_kind: kind,
        title: label,
        unit,
        planned: volume,
        planned_hours: hours,
        done: String(done),
        rows,
      };
    });
    const weight = works.reduce((sum, work) => sum + Number(work.planned_hours), 0);
    const share = works.reduce(
      (sum, work) => sum + Math.min(Number(work.done) / Number(work.planned), 1) * Number(work.planned_hours),
      0,
    );
    const checklist = visit.items.map((item) => ({
      item: item.item,
      text: item.text,
      required: item.required,
      kind: item.kind,
      choices: item.choices ?? [],
      unit: item.unit ?? '',
      minimum: item.minimum ?? null,
      maximum: item.maximum ?? null,
      answer: visit.answers[item.item] ?? null,
      rivals: [],
    }));
    const left = checklist.filter((one) => one.answer === null);
    const planned = new Set(visit.planned.map((one) => one.kind));
    return {
      ...line,
      instructions: visit.instructions,
      travel_started: at('travel_started'),
      work_started: at('work_started'),
      finished: at('completed', 'completed_partly', 'cannot_complete'),
      ...clock(visit),
      reason: visit.events.at(-1)?.reason ?? null,
      percent: weight === 0 ? 0 : (share / weight) * 100,
      works,
      other_works: visit.works.filter((work) => !planned.has(work.kind)).map((work) => this.#work(work)),
      checklist,
      parts: structuredClone(visit.parts),
      photos: structuredClone(visit.photos),
      findings: { text: visit.findings, heads: ['head'] },
      missing: {
        works: works.filter((work) => Number(work.done) < Number(work.planned)).length,
        checklist: left.length,
        checklist_required: left.filter((one) => one.required).length,
      },
      may: { act: mayAct(visit), write: visit.writable },
      not_accepted: visit.not_accepted,
    };
  }

  #kind(id: string): Choice {
    return this.world.kinds.find((kind) => kind.id === id) ?? { id, label: id, unit: '' };
  }

  #work({ row, kind, volume, period, who, mine }: WorkFact): WorkRowView {
    const { label, unit } = this.#kind(kind);
    return { row, work_kind: kind, title: label, unit, volume, period, hours: null, who, mine };
  }
}

/** Minutes worked up to the last event, and since when the clock runs. */
function clock(visit: VisitFact): Pick<VisitView, 'worked_minutes' | 'running_since'> {
  let [minutes, since]: [number, string | null] = [0, null];
  for (const { act, at } of visit.events) {
    if (since !== null) minutes += (new Date(at).getTime() - new Date(since).getTime()) / 60_000;
    since = act === 'work_started' || act === 'resumed' ? at : null;
  }
  return { worked_minutes: Math.floor(minutes), running_since: since };
}

function distance(from: VisitFact, to: VisitFact): number | null {
  const [a, b] = [from.place?.coordinates, to.place?.coordinates];
  if (!a || !b) return null;
  const radians = Math.PI / 180;
  const north = (b.latitude - a.latitude) * radians;
  const east = (b.longitude - a.longitude) * radians * Math.cos(((a.latitude + b.latitude) / 2) * radians);
  return Math.round(Math.hypot(north, east) * 6_371_000);
}
