/** What the desk's page of a record reads: the record, and how many others name it. */
import { onMount } from 'svelte';
import { type App, useApp } from '$lib/app/app.svelte';
import type { Entry } from '$lib/app/router.svelte';
import type { DocumentId } from '$lib/bindings';
import type { JournalKind } from '$lib/records/journals';
import { type PageCall, RecordPage } from '$lib/records/page.svelte';
import { LinkedTotals } from '$lib/records/totals.svelte';

/** The records counted: of these kinds, whose column names the one on the page. */
export interface Counted {
  by: string;
  kinds: readonly JournalKind[];
}

interface Desk<Name extends PageCall> {
  app: App;
  entry: Entry;
  page: RecordPage<Name>;
  totals: LinkedTotals;
}

/**
 * Called as the component of a desk page is made. What was read stays as long as the person may come back to the
 * page, and is kept current while it is there.
 */
export function useDesk<Name extends PageCall>(
  name: Name,
  id: DocumentId,
  { by, kinds }: Counted = { by: '', kinds: [] },
): Desk<Name> {
  const app = useApp();
  const entry = app.router.entry;
  const page = entry.kept(name, () => new RecordPage(app, name, id));
  const totals = entry.kept('totals', () => new LinkedTotals(app, id, by, kinds));
  onMount(() => {
    const closing = [page.open(), totals.open()];
    return () => closing.forEach((close) => close());
  });
  return { app, entry, page, totals };
}
