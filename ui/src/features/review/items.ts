/** What waits for somebody at a desk, as lines of one list: from the office's queue and from the records here. */
import { today } from '$lib/app/clock.svelte';
import type {
  AttentionItem,
  ConflictView,
  FieldPath,
  Kind,
  Linked,
  ProposalView,
  RecordHead,
  ReviewLine,
} from '$lib/bindings';
import { undecidedLook, type Look } from '$lib/components/look';
import { canonical, moment } from '$lib/format/date';
import { attentionText, deciderText } from '$lib/records/attention';
import { fieldText, kindText } from '$lib/records/fields';
import { pathOf, toldOf, type ToldWrite } from '$lib/records/history';
import { told } from '$lib/records/told';
import { named, shortName } from '$lib/visits/naming';
import { m } from '$lib/words';

export type ReviewKind = 'refused' | 'proposal' | 'conflict' | 'attention';

/** Where a line comes from, with what deciding it needs. */
export type Source =
  | { of: 'refused'; line: ReviewLine }
  | { of: 'proposal'; head: RecordHead; proposal: ProposalView }
  | { of: 'conflict'; head: RecordHead; conflict: ConflictView }
  | { of: 'attention'; attention: AttentionItem };

export interface ReviewItem {
  id: string;
  /** The record, for a link to it. */
  record: Linked;
  /** «Виїзд · Липки-7». */
  title: string;
  /** What changes or is to be looked at, in a line. */
  what: string;
  /** Who wrote it, or who decides. */
  who: string;
  /** When the office got it, or when it was written, in words. */
  when: string;
  /** Whether this person may decide here. */
  decides: boolean;
  writes: ToldWrite[];
  source: Source;
}

const LOOKS: Record<ReviewKind, () => Look> = {
  refused: () => ({ icon: 'alert', tone: 'sync-rejected', word: m.standing_not_accepted() }),
  proposal: () => ({ icon: 'note', tone: 'accent-text', word: m.review_proposal() }),
  conflict: undecidedLook,
  attention: () => ({ icon: 'eye', tone: 'text-muted', word: m.review_attention() }),
};

export const reviewLook = (kind: ReviewKind): Look => LOOKS[kind]();

/** A moment in milliseconds, as the list says it. */
export const at = (ms: number | null): string =>
  ms === null ? '' : moment(canonical(new Date(ms)), today());

const writer = (by: Linked | null): string => (by === null ? '' : shortName(by));

/** Work at the office, oldest first, as the office gives it. */
export function refusedItem(line: ReviewLine): ReviewItem {
  const writes = (line.writes ?? []).flatMap((write) => toldOf(line.kind as Kind, write, today()) ?? []);
  const what = writes.map(({ field, to }) => `${field}: ${to}`).join('; ');
  return {
    id: line.envelope,
    record: line.record,
    title: titleOf(line.kind as Kind, nameOf(line)),
    what: what || m.history_made(),
    who: writer(line.by),
    when: at(line.arrived_ms),
    decides: true,
    writes,
    source: { of: 'refused', line },
  };
}

/** What the fields are called that name a record, by what people look at first. */
const NAMES = ['subject', 'name', 'surname', 'description', 'instructions'];

/** What a record is called; of one that this work makes, what it says of itself. */
function nameOf({ record, writes }: ReviewLine): string {
  if (record.kind !== null) return named(record);
  const said = NAMES.flatMap((name) => (writes ?? []).filter(({ path }) => path.field === name));
  const own = said.flatMap(({ what }) => (what.did === 'row' ? [] : String(what.to ?? ''))).find(Boolean);
  return [own ?? record.label, m.review_new_record()].join(' · ');
}

/** Everything that waits in a record here. */
export function itemsOf(head: RecordHead): ReviewItem[] {
  const record: Linked = { document: head.document, kind: head.kind, label: head.label, title: head.title };
  const about = { record, title: titleOf(head.kind, named(record)) };
  return [
    ...head.conflicts.map((conflict) => conflictItem(about, head, conflict)),
    ...head.proposals
      .filter(({ decision }) => decision === null)
      .map((proposal) => proposalItem(about, head, proposal)),
    ...head.attention
      .filter(({ item }) => item.what !== 'needs_decision')
      .map((attention, index) => attentionItem(about, attention, index)),
  ];
}

const titleOf = (kind: Kind, name: string): string => [kindText(kind), name].filter(Boolean).join(' · ');

type About = Pick<ReviewItem, 'record' | 'title'>;

function conflictItem(about: About, head: RecordHead, conflict: ConflictView): ReviewItem {
  const { path, sides } = conflict;
  const column = path.column ?? path.field;
  const values = sides.map((side) => told(head.kind, column, side.value, side, today()));
  const arrived = sides.flatMap(({ arrived_ms, made_ms }) => arrived_ms ?? made_ms ?? []);
  return {
    ...about,
    id: `${head.document} ${placeOf(path)}`,
    what: `${fieldText(path)}: ${values.join(' / ')}`,
    who: sides
      .map(({ by }) => writer(by))
      .filter(Boolean)
      .join(', '),
    when: arrived.length > 0 ? at(Math.max(...arrived)) : '',
    decides: conflict.may_decide,
    writes: [],
    source: { of: 'conflict', head, conflict },
  };
}

function proposalItem(about: About, head: RecordHead, proposal: ProposalView): ReviewItem {
  const path = pathOf(proposal.path);
  const column = path.column ?? path.field;
  const say = (value: typeof proposal.value, links: readonly Linked[]): string =>
    told(head.kind, column, value, { links, rows: proposal.rows }, today());
  const [from, to] = [say(proposal.stands, proposal.stands_links), say(proposal.value, proposal.links)];
  return {
    ...about,
    id: `${head.document} ${proposal.row}`,
    what: `${fieldText(path)}: ${from} → ${to}`,
    who: writer(proposal.by),
    when: proposal.at === null ? '' : moment(proposal.at, today()),
    decides: proposal.may_decide,
    writes: [{ field: fieldText(path), from, to }],
    source: { of: 'proposal', head, proposal },
  };
}

function attentionItem(about: About, attention: AttentionItem, index: number): ReviewItem {
  return {
    ...about,
    id: `${about.record.document} ${attention.item.what} ${index}`,
    what: attentionText(attention),
    who: attention.people.map(shortName).join(', ') || deciderText(attention.owner),
    when: '',
    decides: false,
    writes: [],
    source: { of: 'attention', attention },
  };
}

const placeOf = ({ field, row, column }: FieldPath): string => [field, row, column].filter(Boolean).join('/');
