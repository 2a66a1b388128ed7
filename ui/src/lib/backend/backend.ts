/**
 * Everything a screen can ask of the device library, one method per use case.
 *
 * Each answer comes from this device's own database; nothing here waits for the network. What a method
 * changed is on the disk when it returns. It fails with a `BackendError` and has then changed nothing.
 */
import type {
  Change,
  Choice,
  DayView,
  DocumentId,
  Me,
  NewWork,
  RowId,
  Status,
  TextView,
  VisitAct,
  VisitView,
} from './views';

export interface Backend {
  me(): Promise<Me>;
  status(): Promise<Status>;
  day(date: string): Promise<DayView>;
  visit(id: DocumentId): Promise<VisitView>;
  /** The kinds of work there are, with their units. */
  workKinds(): Promise<Choice[]>;

  /** Ticks a thing of the day as taken; kept on this device. */
  setTaken(date: string, item: string, taken: boolean): Promise<DayView>;
  /** Writes that something happened, now. Answers the visit and the event's row. */
  act(visit: DocumentId, act: VisitAct, reason: string | null): Promise<{ visit: VisitView; row: RowId }>;
  addWork(visit: DocumentId, work: NewWork): Promise<{ visit: VisitView; row: RowId }>;
  /** Answers a checklist item; null takes the answer back. */
  answer(visit: DocumentId, item: RowId, answer: string | null): Promise<VisitView>;
  /** Saves findings typed over `base`; answers the base the next save goes on from. */
  setFindings(visit: DocumentId, base: TextView, text: string): Promise<TextView>;
  addPhoto(visit: DocumentId, file: Blob, caption: string): Promise<VisitView>;
  /** Marks a row of mine as made by mistake. */
  withdraw(visit: DocumentId, field: 'events' | 'works' | 'photos', row: RowId): Promise<VisitView>;
  /** Puts a refused piece of work away after it was read. */
  putAway(envelope: string): Promise<void>;

  /** Calls `listener` at each change until the answer is called. */
  onChange(listener: (change: Change) => void): () => void;
}

/** What can go wrong that a person can do something about; the rest is `internal`. */
export type ErrorCode =
  | 'no_such_record'
  | 'set_aside'
  | 'not_allowed'
  | 'not_enrolled'
  | 'contended'
  | 'storage'
  | 'unreachable'
  | 'internal';

const CODES: readonly string[] = [
  'no_such_record',
  'set_aside',
  'not_allowed',
  'not_enrolled',
  'contended',
  'storage',
  'unreachable',
  'internal',
] satisfies ErrorCode[];

export class BackendError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail: string) {
    super(detail);
    this.name = 'BackendError';
    this.code = code;
  }

  /** Of whatever a transport threw: `{ code, detail }` of the Rust side, or something unknown. */
  static from(thrown: unknown): BackendError {
    if (thrown instanceof BackendError) return thrown;
    if (typeof thrown === 'object' && thrown !== null && 'code' in thrown) {
      const { code } = thrown;
      const detail = 'detail' in thrown ? String(thrown.detail) : '';
      if (typeof code === 'string' && isCode(code)) return new BackendError(code, detail);
    }
    return new BackendError('internal', String(thrown));
  }
}

function isCode(code: string): code is ErrorCode {
  return CODES.includes(code);
}
