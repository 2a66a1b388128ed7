/** What the sheet for a work opens with: what is most likely true, so that two taps write a work down. */
import type { DocumentId, Linked, PickerChoice, VisitPage, WorkEntry, WorkLine } from '$lib/bindings';
import { canonical, dayOf, type LocalDate, type TimeWindow, windowOf } from '$lib/format/date';

/** A work as the sheet holds it. */
export interface WorkForm {
  /** Empty while none is chosen. */
  kind: DocumentId;
  volume: string;
  period: TimeWindow | undefined;
  hours: string;
  note: string;
}

/** A work of this kind on this day: the volume that is left, one of what nobody planned, and the time since the work before ended. */
export function workToAdd(visit: VisitPage, planned: DocumentId | undefined, today: LocalDate): WorkForm {
  return {
    kind: planned ?? '',
    volume: planned === undefined ? '1' : left(visit, planned),
    period: since(visit, today),
    hours: '',
    note: '',
  };
}

/** A row as it stands. */
export function workToCorrect(line: WorkLine, row: WorkEntry): WorkForm {
  return {
    kind: line.work_kind?.document ?? '',
    volume: row.volume ?? '',
    period: row.period === null ? undefined : windowOf(row.period),
    hours: row.period === null ? (row.hours ?? '') : '',
    note: row.note ?? '',
  };
}

/** The volume of a planned work that is left to do. */
export function left(visit: VisitPage, kind: DocumentId | undefined): string {
  const volume = plannedLine(visit, kind)?.left_volume ?? '';
  return volume === '0' ? '' : volume;
}

/** The unit of a kind of work: the plan's, or it would not count for the plan. */
export function unitOf(visit: VisitPage, kinds: readonly PickerChoice[], kind: DocumentId): Linked | null {
  const chosen = kinds.find((one) => one.link.document === kind);
  return plannedLine(visit, kind)?.unit ?? chosen?.unit ?? null;
}

function plannedLine(visit: VisitPage, kind: DocumentId | undefined): WorkLine | undefined {
  return visit.works.find((one) => one.is_planned && one.work_kind?.document === kind);
}

function since(visit: VisitPage, today: LocalDate): TimeWindow | undefined {
  const mine = visit.works.flatMap((line) => line.rows).filter((row) => row.is_mine);
  const ends = mine.flatMap((row) => (row.period === null ? [] : [windowOf(row.period).to]));
  const from = ends.sort().at(-1) ?? visit.way.work_started;
  const to = canonical(new Date());
  // Within the same minute there is no time between them to propose.
  if (!from || dayOf(from) !== today || Date.parse(to) - Date.parse(from) < 60_000) return undefined;
  return { from, to };
}
