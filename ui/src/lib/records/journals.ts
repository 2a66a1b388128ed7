/** The kinds of record that have a journal. */
import type { Kind } from '$lib/bindings';

export type JournalKind = Extract<Kind, 'visit' | 'service_card' | 'complaint' | 'customer' | 'equipment'>;
