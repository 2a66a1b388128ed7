/** The steps of a complaint: the button that does it, whether it wants a reason. */
import type { ComplaintAct } from '$lib/bindings';
import type { IconName } from '$lib/icons/names';
import { m } from '$lib/words';

interface Step {
  /** As a button says it. */
  word: () => string;
  icon: IconName;
  asks: 'nothing' | 'reason' | 'mark';
}

export const STEPS = {
  accepted: {
    word: m.complaint_act_accept,
    icon: 'check',
    asks: 'nothing',
  },
  analysis_started: {
    word: m.complaint_act_analyse,
    icon: 'search',
    asks: 'nothing',
  },
  action_started: {
    word: m.complaint_act_act,
    icon: 'wrench',
    asks: 'nothing',
  },
  verification_started: {
    word: m.complaint_act_verify,
    icon: 'eye',
    asks: 'nothing',
  },
  answered: {
    word: m.complaint_act_answer,
    icon: 'mail',
    asks: 'nothing',
  },
  customer_answered: {
    word: m.complaint_act_mark,
    icon: 'user',
    asks: 'mark',
  },
  no_answer: {
    word: m.complaint_act_silent,
    icon: 'minus',
    asks: 'nothing',
  },
  closed: {
    word: m.complaint_act_close,
    icon: 'lock',
    asks: 'nothing',
  },
  rejected: {
    word: m.complaint_act_reject,
    icon: 'no',
    asks: 'reason',
  },
  reopened: {
    word: m.complaint_act_reopen,
    icon: 'undo',
    asks: 'reason',
  },
} as const satisfies Record<ComplaintAct, Step>;
