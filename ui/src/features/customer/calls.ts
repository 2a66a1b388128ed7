/** Whom the palette offers to call on the page of a customer. */
import type { PageCommand } from '$lib/app/commands.svelte';
import type { CustomerPage } from '$lib/bindings';
import { phoneLink } from '$lib/visits/reach';
import { m } from '$lib/words';

/** The customer's own numbers, then everybody's first; `follow` is given the link that calls. */
export function calls(
  { phones, contacts }: Pick<CustomerPage, 'phones' | 'contacts'>,
  follow: (link: string) => void,
): PageCommand[] {
  const called = [
    ...phones.map((phone) => ({ who: phone, phone })),
    ...contacts.flatMap((one) => (one.phones[0] ? [{ who: one.name, phone: one.phones[0] }] : [])),
  ];
  // By its place: two people may have one name.
  return called.map(({ who, phone }, place) => ({
    id: `call ${place}`,
    icon: 'phone',
    label: m.call_who({ who }),
    run: () => follow(phoneLink(phone)),
  }));
}
