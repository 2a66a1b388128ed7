/** The long texts of a visit that technicians and the office write together. */
import { m } from '$lib/words';

export const TEXTS = [
  { field: 'findings', title: m.findings, hint: m.findings_hint },
  { field: 'recommendations', title: m.field_recommendations, hint: m.recommendations_hint },
] as const;
