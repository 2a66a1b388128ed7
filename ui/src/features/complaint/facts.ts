/** What a complaint names beside its texts: the same at a desk and in the field. */
import { link, objectPath } from '$lib/app/paths';
import type { ComplaintPage, Warranty } from '$lib/bindings';
import { fact, type Fact, linkedFact, linksTo } from '$lib/records/desk/figures';
import { told } from '$lib/records/told';
import { named, objectText } from '$lib/visits/naming';
import { m } from '$lib/words';

const WARRANTY = {
  covered: m.warranty_covered,
  ended: m.warranty_over,
  unknown: m.warranty_unknown,
} satisfies Record<Warranty, () => string>;

/** What is set of it; nothing stands for what is not. */
export function facts(view: ComplaintPage, today: string): Fact[] {
  const members = view.members.map(named).join(', ');
  const { compensation } = view;
  return [
    ...fact(
      m.object(),
      objectText(view.equipment),
      view.equipment ? link(objectPath(view.equipment.link.document)) : undefined,
    ),
    ...fact(m.warranty(), view.equipment && view.warranty ? WARRANTY[view.warranty]() : ''),
    ...fact(m.part_serial(), view.equipment?.serial === view.serial ? '' : view.serial),
    ...fact(m.field_batch(), view.batch),
    ...linkedFact(m.kind_service_card(), view.card),
    ...linkedFact(m.kind_visit(), view.visit),
    ...fact(m.field_cause(), named(view.cause_code)),
    ...fact(m.field_members(), members).map((one) => ({ ...one, links: linksTo(view.members) })),
    ...fact(m.complaint_mark(), view.mark === null ? '' : m.of({ done: String(view.mark), total: '5' })),
    ...fact(m.contact(), view.contact ? '' : view.contact_note),
    ...fact(
      m.field_compensation(),
      compensation && told('complaint', 'compensation', compensation, { links: [], rows: [] }, today),
    ),
    ...fact(m.field_compensation_note(), view.compensation_note),
  ];
}
