/** What a visit still lacks, in words. */
import type { Missing } from '$lib/backend/views';
import { m } from '$lib/words';

/** «2 роботи, 2 пункти чек-листа»; nothing when nothing is missing. */
export function missingText(missing: Missing): string {
  const parts = [];
  if (missing.works > 0) parts.push(m.missing_works({ count: missing.works }));
  if (missing.checklist > 0) parts.push(m.missing_checklist({ count: missing.checklist }));
  return parts.join(', ');
}
