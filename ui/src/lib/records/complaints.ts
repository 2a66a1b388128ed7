/** What a complaint is and how bad, in words. */
import type {
  ActionKind,
  ComplaintAct,
  ComplaintKind,
  MessageKind,
  ReturnDecision,
  Severity,
} from '$lib/bindings';
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

/** What happened to a complaint, as its timeline says it. */
export const COMPLAINT_ACTS = {
  accepted: m.complaint_accepted,
  analysis_started: m.complaint_analysis,
  action_started: m.complaint_action,
  verification_started: m.complaint_verification,
  answered: m.complaint_answered,
  customer_answered: m.complaint_customer_answered,
  no_answer: m.complaint_customer_silent,
  closed: m.complaint_closed,
  rejected: m.complaint_rejected,
  reopened: m.complaint_reopened,
} satisfies Record<ComplaintAct, () => string>;

const MESSAGE = {
  acknowledgement: m.message_acknowledgement,
  progress: m.message_progress,
  closing_reply: m.message_closing,
} satisfies Record<MessageKind, () => string>;

const ACTION = {
  corrective: m.action_corrective,
  preventive: m.action_preventive,
} satisfies Record<ActionKind, () => string>;

const DECISION = {
  repair: m.return_repair,
  replace: m.return_replace,
  refund: m.return_refund,
  reject: m.return_reject,
} satisfies Record<ReturnDecision, () => string>;

export const returnDecisionText = (decision: ReturnDecision): string => DECISION[decision]();
export const messageKindText = (kind: MessageKind): string => MESSAGE[kind]();
export const actionKindText = (kind: ActionKind): string => ACTION[kind]();
export const COMPLAINT_KINDS: readonly ComplaintKind[] = ['failure', 'defect', 'complaint'];
export const SEVERITIES: readonly Severity[] = ['minor', 'moderate', 'major', 'critical'];
export const complaintKindText = (kind: ComplaintKind): string => KIND[kind]();
export const complaintActText = (act: ComplaintAct): string => COMPLAINT_ACTS[act]();
export const severityText = (severity: Severity): string => SEVERITY[severity]();
