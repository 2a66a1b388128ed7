/** The steps of a complaint: what happened, the button that does it, whether it wants a reason. */
import type { ComplaintAct } from '$lib/bindings';
import type { IconName } from '$lib/icons/names';
import { m } from '$lib/words';

interface Step {
  /** As the timeline says it. */
  happened: () => string;
  /** As a button says it. */
  word: () => string;
  icon: IconName;
  asks: 'nothing' | 'reason' | 'mark';
}

export const STEPS = {
  accepted: {
    happened: m.complaint_accepted,
    word: m.complaint_act_accept,
    icon: 'check',
    asks: 'nothing',
  },
  analysis_started: {
    happened: m.complaint_analysis,
    word: m.complaint_act_analyse,
    icon: 'search',
    asks: 'nothing',
  },
  action_started: {
    happened: m.complaint_action,
    word: m.complaint_act_act,
    icon: 'wrench',
    asks: 'nothing',
  },
  verification_started: {
    happened: m.complaint_verification,
    word: m.complaint_act_verify,
    icon: 'eye',
    asks: 'nothing',
  },
  answered: {
    happened: m.complaint_answered,
    word: m.complaint_act_answer,
    icon: 'mail',
    asks: 'nothing',
  },
  customer_answered: {
    happened: m.complaint_customer_answered,
    word: m.complaint_act_mark,
    icon: 'user',
    asks: 'mark',
  },
  no_answer: {
    happened: m.complaint_customer_silent,
    word: m.complaint_act_silent,
    icon: 'minus',
    asks: 'nothing',
  },
  closed: {
    happened: m.complaint_closed,
    word: m.complaint_act_close,
    icon: 'lock',
    asks: 'nothing',
  },
  rejected: {
    happened: m.complaint_rejected,
    word: m.complaint_act_reject,
    icon: 'no',
    asks: 'reason',
  },
  reopened: {
    happened: m.complaint_reopened,
    word: m.complaint_act_reopen,
    icon: 'undo',
    asks: 'reason',
  },
} as const satisfies Record<ComplaintAct, Step>;
