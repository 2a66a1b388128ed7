/** What a visit still lacks, in words. */
import type { CompletionGap } from '$lib/bindings';
import { m } from '$lib/words';

/** «2 роботи, 2 пункти чек-листа»; nothing when nothing is missing. */
export function missingText(gaps: readonly CompletionGap[]): string {
  return gaps.map(text).join(', ');
}

/** How many questions have to be answered before the visit may be called done. */
export function unanswered(gaps: readonly CompletionGap[]): number {
  return gaps.reduce((sum, gap) => sum + (gap.what === 'answers' ? gap.items.length : 0), 0);
}

function text(gap: CompletionGap): string {
  switch (gap.what) {
    case 'answers':
      return m.missing_checklist({ count: gap.items.length });
    case 'works':
      return m.missing_works({ count: gap.count });
    case 'signature':
      return m.missing_signature();
  }
}
