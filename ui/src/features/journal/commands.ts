/** What the palette offers on a journal: to edit what is selected, and to show other rows or the same otherwise. */
import type { PageCommand } from '$lib/app/commands.svelte';
import { fieldText } from '$lib/records/fields';
import { m } from '$lib/words';
import type { Journal } from './journal.svelte';

/** `edit` opens the editor of a column for the selected rows. */
export function journalCommands(journal: Journal, edit: (column: string) => Promise<void>): PageCommand[] {
  const { spec } = journal;
  const edits = journal.table.selected.size > 0 ? journal.edits : [];
  return [
    ...edits.map((column) => ({
      id: `edit ${column}`,
      icon: 'pen' as const,
      label: m.command_edit({ field: fieldText({ field: column }) }),
      run: () => void edit(column),
    })),
    ...spec.views.map((view) => ({
      id: `view ${view.id}`,
      icon: 'eye' as const,
      label: m.command_view({ view: view.title() }),
      run: () => journal.show(view),
    })),
    ...spec.groups.map((column) => ({
      id: `group ${column}`,
      icon: 'group' as const,
      label: m.command_group({ field: fieldText({ field: column }) }),
      run: () => journal.groupBy(column),
    })),
    { id: 'ungroup', icon: 'group', label: m.group_none(), run: () => journal.groupBy(null) },
    { id: 'clear', icon: 'x', label: m.journal_clear(), run: () => journal.clear() },
  ];
}
