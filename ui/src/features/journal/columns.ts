/** How columns of a journal look: title, width, alignment. */
import type { ColumnHolds, ColumnView, Kind, SortKey } from '$lib/bindings';
import type { Column } from '$lib/components/table/table.svelte';
import { fieldText } from '$lib/records/fields';

type Look = Pick<Column, 'width' | 'align' | 'grows'>;

/** Widths hold the longest value of most rows; what a name does not fit into it ends with an ellipsis. */
const BY_HOLDS = {
  link: { width: 114, grows: true },
  links: { width: 137, grows: true },
  text: { width: 130 },
  lines: { width: 140 },
  choice: { width: 104 },
  date: { width: 110, align: 'end' },
  decimal: { width: 100, align: 'end' },
  number: { width: 96, align: 'end' },
  percent: { width: 104 },
  money: { width: 120, align: 'end' },
  moment: { width: 138, align: 'end' },
  yes_no: { width: 96 },
} satisfies Record<ColumnHolds, Look>;

const BY_NAME: Partial<Record<string, Look>> = {
  label: { width: 130 },
  title: { width: 180, grows: true },
  customer: { width: 130, grows: true },
  // A surname with initials.
  responsible: { width: 140 },
  state: { width: 176 },
  window_start: { width: 174, align: 'end' },
  visits_done: { width: 150, align: 'end' },
  place: { width: 160 },
  severity: { width: 128 },
  open_complaints: { width: 108, align: 'end' },
};

/** What a customer or an object is about is its name: whatever else has to go, it is read whole. */
const NAMED: readonly Kind[] = ['customer', 'equipment'];
const NAME: Look = { width: 240, grows: true };

export function columnOf(
  kind: Kind,
  column: ColumnView,
  sorting: SortKey,
  sorts: boolean,
  edits: boolean,
): Column {
  const sorted = sorting.column === column.name ? sorting.direction : 'none';
  const isName = column.name === 'title' && NAMED.includes(kind);
  return {
    id: column.name,
    title: fieldText({ field: isName ? 'name' : column.name }),
    ...(isName ? NAME : (BY_NAME[column.name] ?? BY_HOLDS[column.holds])),
    sort: sorts && column.holds !== 'links' && column.holds !== 'lines' ? sorted : undefined,
    edits,
  };
}
