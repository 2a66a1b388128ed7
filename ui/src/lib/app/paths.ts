/** Addresses of places inside the app. */
import type { DocumentId } from '$lib/backend/views';
import type { LocalDate } from '$lib/format/date';

export const todayPath = '/today';
export const settingsPath = '/settings';
export const dayPath = (date: LocalDate): string => `/days/${date}`;
export const visitPath = (id: DocumentId): string => `/visits/${id}`;

/** A link to a place. */
export const link = (path: string): string => `#${path}`;
