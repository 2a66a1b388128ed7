/** What becomes of the rows of a file, as lines of one table. */
import type { ImportPreview } from '$lib/bindings';
import type { Look } from '$lib/components/look';
import { m } from '$lib/words';
import { columnText, outcomeLook, partText, refusalText } from './words';

export type PreviewKind = 'lines' | 'refused' | 'differs' | 'left_out';

export interface PreviewRow {
  id: string;
  line: number;
  what: string;
  /** How what is done looks; of others, in words. */
  look?: Look;
  then: string;
}

export function previewRows(preview: ImportPreview, kind: PreviewKind): PreviewRow[] {
  switch (kind) {
    case 'lines':
      return preview.lines.flatMap(({ line, parts }) =>
        parts.map(({ part, label, outcome }, at) => {
          const look = outcomeLook(outcome);
          return { id: `${line} ${at}`, line, what: `${partText(part)} · ${label}`, look, then: look.word };
        }),
      );
    case 'refused':
      return preview.refused.map(({ line, cells, refusals }) => ({
        id: String(line),
        line,
        what: cells.filter((cell) => cell !== '').join(' · '),
        then: refusals.map(refusalText).join('; '),
      }));
    case 'differs':
      return preview.differs.map(({ line, column, label, kept, offered }, at) => ({
        id: String(at),
        line,
        what: `${label} · ${columnText(column)}`,
        then: m.import_differs_text({ kept, offered }),
      }));
    case 'left_out':
      return preview.left_out.map(({ line, column, text }, at) => ({
        id: String(at),
        line,
        what: columnText(column),
        then: m.import_left_out_text({ text }),
      }));
  }
}
