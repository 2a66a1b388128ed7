/** Addresses of places inside the app. */
import type { DocumentId, Linked } from '$lib/bindings';
import type { LocalDate } from '$lib/format/date';

export const todayPath = '/today';
export const searchPath = '/search';
export const settingsPath = '/settings';
export const notAcceptedPath = '/not-accepted';
export const dayPath = (date: LocalDate): string => `/days/${date}`;
export const visitPath = (id: DocumentId): string => `/visits/${id}`;
export const objectPath = (id: DocumentId): string => `/objects/${id}`;
export const customerPath = (id: DocumentId): string => `/customers/${id}`;
export const complaintPath = (id: DocumentId): string => `/complaints/${id}`;
/** A complaint to be filed from a visit. */
export const newComplaintPath = (visit: DocumentId): string => `/visits/${visit}/complaint`;

/** The page of a record; none for kinds that have no page, and for what is not on this device. */
export function recordPath({ document, kind }: Linked): string | undefined {
  switch (kind) {
    case 'visit':
      return visitPath(document);
    case 'equipment':
      return objectPath(document);
    case 'customer':
      return customerPath(document);
    case 'complaint':
      return complaintPath(document);
    case 'service_card':
    case 'employee':
    case 'team':
    case 'role':
    case 'checklist':
    case 'directory_entry':
    case 'company':
    case null:
      return undefined;
  }
}

/** A link to a place. */
export const link = (path: string): string => `#${path}`;
