/** What is found, as a line names it: work by whom it is for and when, everything else by its name. */
import { today } from '$lib/app/clock.svelte';
import type { Found } from '$lib/bindings';
import { moment } from '$lib/format/date';
import { kindText } from '$lib/records/fields';
import { named } from '$lib/visits/naming';
import { m } from '$lib/words';

export interface FoundLine {
  title: string;
  note: string;
}

export function foundLine({ link, customer, equipment, at, withdrawn }: Found): FoundLine {
  const kind = link.kind === null ? '' : kindText(link.kind);
  const isWork = link.kind === 'visit' || link.kind === 'complaint' || link.kind === 'service_card';
  const when = at === null ? '' : moment(at, today());
  const title = (isWork && named(customer)) || named(link);
  const said = [
    withdrawn ? m.record_withdrawn() : '',
    kind,
    link.label,
    when,
    named(link),
    named(customer),
    named(equipment),
  ];
  // A number never comes apart at its hyphens.
  const note = [...new Set(said)]
    .filter((one) => one !== '' && one !== title)
    .map((one) => one.replace(/(?<=\d)-(?=\d)/g, '\u2011'));
  return { title, note: note.join(' · ') };
}
