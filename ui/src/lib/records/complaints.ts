/** What a complaint is and how bad, in words. */
import type { ComplaintKind, Severity } from '$lib/bindings';
import { m } from '$lib/words';

const KIND = {
  complaint: m.complaint_kind_complaint,
  failure: m.complaint_kind_failure,
  defect: m.complaint_kind_defect,
} satisfies Record<ComplaintKind, () => string>;

const SEVERITY = {
  minor: m.severity_minor,
  moderate: m.severity_moderate,
  major: m.severity_major,
  critical: m.severity_critical,
} satisfies Record<Severity, () => string>;

export const COMPLAINT_KINDS: readonly ComplaintKind[] = ['failure', 'defect', 'complaint'];
export const SEVERITIES: readonly Severity[] = ['minor', 'moderate', 'major', 'critical'];
export const complaintKindText = (kind: ComplaintKind): string => KIND[kind]();
export const severityText = (severity: Severity): string => SEVERITY[severity]();
