/** Addresses of places inside the app. */
import type { DocumentId, Linked } from '$lib/bindings';
import type { LocalDate } from '$lib/format/date';
import { type JournalKind, type JournalLook, JOURNALS, lookQuery } from '$lib/records/journals';

export const todayPath = '/today';
/** The journal of one's own visits and cards, in the Field shell. */
export const minePath = '/mine';
export const searchPath = '/search';
export const settingsPath = '/settings';
export const reviewPath = '/review';
export const importPath = '/import';
export const staffPath = '/staff';
export const directoriesPath = '/directories';
export const companyPath = '/company';
export const notAcceptedPath = '/not-accepted';
export const createPath = '/create';
export const noticesPath = '/notices';
/** A person among those who work here: their contacts, in the field. */
export const personPath = (id: DocumentId): string => `${staffPath}/${id}`;
export const teamsPath = `${staffPath}/teams`;
export const rolesPath = `${staffPath}/roles`;
export const entryPath = (id: DocumentId): string => `${directoriesPath}/${id}`;
export const dayPath = (date: LocalDate): string => `/days/${date}`;
export const visitPath = (id: DocumentId): string => `/visits/${id}`;
export const objectPath = (id: DocumentId): string => `/objects/${id}`;
export const customerPath = (id: DocumentId): string => `/customers/${id}`;
export const complaintPath = (id: DocumentId): string => `/complaints/${id}`;
export const cardPath = (id: DocumentId): string => `/cards/${id}`;

/** The journal of a kind, as it is left or as `look` says. */
export function journalPath(kind: JournalKind, look?: JournalLook): string {
  return `/${JOURNALS[kind]}${look === undefined ? '' : lookQuery(look)}`;
}

/** The journal of a kind, of what names a record: the list behind a count. `view` narrows it further. */
export function linkedPath(
  kind: JournalKind,
  column: string,
  { document, name }: { document: DocumentId; name: string },
  view?: string,
): string {
  return journalPath(kind, { view, conditions: [{ column, chosen: [{ value: document, label: name }] }] });
}

/** The journal at an address; none for other words. */
export function journalOf(word: string | undefined): JournalKind | undefined {
  const kinds = Object.keys(JOURNALS) as JournalKind[];
  return kinds.find((kind) => JOURNALS[kind] === word);
}

/** The page of a record of a kind that has a journal. */
export const pagePath = (kind: JournalKind, id: DocumentId): string => `${journalPath(kind)}/${id}`;

/** The form of a new record of a kind, or of one made from another record. */
export function newPath(kind: JournalKind, from?: DocumentId): string {
  return `${journalPath(kind)}/new${from === undefined ? '' : `/${from}`}`;
}

/** The form of a record that is there; it begins at a field, the first one without. */
export const editPath = (kind: JournalKind, id: DocumentId, at?: string): string =>
  `${pagePath(kind, id)}/edit${at === undefined ? '' : `/${at}`}`;

export interface FormPlace {
  kind: JournalKind;
  id?: DocumentId;
  from?: DocumentId;
  /** The field it begins at. */
  at_field?: string;
}

/** The form at an address; none at others. */
export function formAt(path: string): FormPlace | undefined {
  const [, first, second, third, at_field] = path.split('/');
  const kind = journalOf(first);
  if (kind === undefined || !second) return undefined;
  if (second === 'new') return third ? { kind, from: third } : { kind };
  return third === 'edit' ? { kind, id: second, ...(at_field && { at_field }) } : undefined;
}

/** Where a record is shown: its page, or the list it stands in; none for kinds without, and for what is not on this device. */
export function recordPath({ document, kind }: Pick<Linked, 'document' | 'kind'>): string | undefined {
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
      return cardPath(document);
    case 'employee':
      return personPath(document);
    case 'team':
      return teamsPath;
    case 'role':
      return rolesPath;
    case 'directory_entry':
      return entryPath(document);
    case 'company':
      return companyPath;
    case 'checklist':
    case null:
      return undefined;
  }
}

/** A link to a place. */
export const link = (path: string): string => `#${path}`;

/** A link to where a record is shown; none where it is not. */
export function linkTo(record: Pick<Linked, 'document' | 'kind'> | null | undefined): string | undefined {
  const path = record ? recordPath(record) : undefined;
  return path && link(path);
}
