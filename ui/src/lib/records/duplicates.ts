/** Records of one thing, of which one is the duplicate: what tells them apart, and how much is linked to each. */
import type { App } from '$lib/app/app.svelte';
import type { DocumentId, Offered } from '$lib/bindings';
import { addressText, named, objectText } from '$lib/visits/naming';
import { m } from '$lib/words';
import { fact, type Fact } from './desk/figures';
import type { JournalKind } from './journals';

/** The kinds whose records are merged. */
export type MergeKind = 'customer' | 'equipment';

interface Merging {
  /** What a picker of them asks for. */
  offered: Offered;
  /** The column that names one, in every kind that does. */
  by: string;
  linked: readonly JournalKind[];
}

export const MERGING = {
  customer: {
    offered: 'customers',
    by: 'customer',
    linked: ['equipment', 'service_card', 'visit', 'complaint'],
  },
  equipment: { offered: 'equipment', by: 'equipment', linked: ['service_card', 'visit', 'complaint'] },
} as const satisfies Record<MergeKind, Merging>;

export const isMergeKind = (kind: JournalKind): kind is MergeKind => kind in MERGING;

export interface Told {
  name: string;
  facts: Fact[];
}

/** What a person knows a record by. */
export async function toldBy(app: App, kind: MergeKind, document: DocumentId): Promise<Told | undefined> {
  if (kind === 'customer') {
    const page = await app.ask('customer_page', { document });
    return (
      page && {
        name: page.name ?? page.legal_name ?? m.no_customer(),
        facts: [
          ...fact(m.field_legal_name(), page.legal_name),
          ...fact(m.field_registry_code(), page.registry_code),
          ...fact(m.field_phones(), phones(page)),
          ...fact(m.address(), page.addresses[0] && addressText(page.addresses[0])),
        ],
      }
    );
  }
  const page = await app.ask('equipment_page', { document });
  return (
    page && {
      name: objectText(page.brief),
      facts: [
        ...fact(m.part_serial(), page.brief.serial),
        ...fact(m.kind_customer(), named(page.customer)),
        ...fact(m.address(), page.address && addressText(page.address)),
        ...fact(m.field_place(), page.brief.place),
      ],
    }
  );
}

/** Its own, and those of the people there. */
function phones(page: {
  phones: readonly string[];
  contacts: readonly { phones: readonly string[] }[];
}): string {
  return [...page.phones, ...page.contacts.flatMap((one) => one.phones)].join(', ');
}
