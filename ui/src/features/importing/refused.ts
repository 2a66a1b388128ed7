/**
 * The rows that were not taken, as a file to mend and import again: the cells as they stood with one column
 * more, why. UTF-8 with a mark and `;`, which Excel opens as a table everywhere. A cell that a spreadsheet
 * would run as a formula gets an apostrophe in front; the import takes it off again.
 */
import type { ImportColumnView, ImportRefusedRow } from '$lib/bindings';
import { m } from '$lib/words';
import { refusalText } from './words';

export function refusedFile(columns: readonly ImportColumnView[], rows: readonly ImportRefusedRow[]): string {
  const width = Math.max(columns.length, ...rows.slice(0, 1).map(({ cells }) => cells.length));
  // A file that was refused before has its old reasons: they are replaced, not repeated.
  const kept = Array.from({ length: width }, (_, at) => at).filter((at) => columns[at]?.holds !== 'reasons');
  const line = (cells: readonly (string | undefined)[], last: string): string =>
    [...kept.map((at) => cells[at] ?? ''), last].map(cell).join(';');
  const heads = line(
    columns.map(({ heading }) => heading),
    m.import_reasons(),
  );
  const refused = rows.map(({ cells, refusals }) => line(cells, refusals.map(refusalText).join(' | ')));
  return `\ufeff${[heads, ...refused, ''].join('\r\n')}`;
}

function cell(text: string): string {
  const guarded = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[;"\n\r\t]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}
