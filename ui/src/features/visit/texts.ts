/** The long texts of a visit that technicians and the office write together, and reasons that are given often. */
import { m } from '$lib/words';

export const TEXTS = [
  { field: 'findings', title: m.findings, hint: m.findings_hint },
  { field: 'recommendations', title: m.field_recommendations, hint: m.recommendations_hint },
] as const;

/** Why the work of a visit could not be done at all. */
export const impossibleReasons = (): string[] => [
  m.reason_access(),
  m.reason_customer_refused(),
  m.reason_parts(),
];
