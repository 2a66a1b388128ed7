/** What somebody should look at in a record, in a sentence: what happened, what is safe, what to do. */
import type { AttentionItem, Decider } from '$lib/bindings';
import { cardLook, complaintLook, visitLook } from '$lib/components/look';
import { named } from '$lib/visits/naming';
import { m } from '$lib/words';
import { fieldText } from './fields';

const DECIDER = {
  dispatcher: m.decider_dispatcher,
  reviewer: m.decider_reviewer,
  responsible: m.decider_responsible,
} satisfies Record<Decider, () => string>;

/** «диспетчер»: whose decision it is. */
export const deciderText = (decider: Decider): string => DECIDER[decider]();

const outOfOrder = (state: string): string => m.attention_out_of_order({ state });

export function attentionText({ item, people }: AttentionItem): string {
  const names = people.map(named).join(', ');
  switch (item.what) {
    case 'needs_decision':
      return m.attention_needs_decision({
        field: fieldText(item.path),
        decider: deciderText(item.decider),
      });
    case 'answers_differ':
      return m.attention_answers_differ();
    case 'unreadable':
      return m.attention_unreadable({ field: fieldText(item.path) });
    case 'work_on_cancelled':
      return m.attention_work_on_cancelled({ people: names });
    case 'double_visit':
      return m.attention_double_visit({ people: names });
    case 'late_facts':
      return m.attention_late_facts({ count: item.count });
    case 'completed_unanswered':
      return m.attention_completed_unanswered({ count: item.items.length });
    case 'out_of_bounds':
      return m.attention_out_of_bounds({ count: item.items.length });
    case 'visit_out_of_order':
      return outOfOrder(visitLook(item.state).word);
    case 'card_out_of_order':
      return outOfOrder(cardLook(item.state).word);
    case 'complaint_out_of_order':
      return outOfOrder(complaintLook(item.state).word);
    case 'closed_too_early':
      return m.attention_closed_too_early();
  }
}
