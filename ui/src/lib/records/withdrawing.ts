/** Whether a record counts, and who may say that it was made by mistake or is a duplicate, or bring it back. */
import type { RecordHead } from '$lib/bindings';

/** Whether it counts: neither made by mistake nor a duplicate of another. The past is neither. */
export const stands = ({ at, withdrawn, merged_into }: RecordHead): boolean =>
  at === null && withdrawn === null && merged_into === null;

/** Whether a field may be written now. Before the rights are known everything is offered, and the office judges. */
export const mayWrite = ({ at, rights }: RecordHead, field: string): boolean =>
  at === null && (!rights.known || rights.fields.includes(field));

/** Whether this person may bring it back. */
export function mayRestore(head: RecordHead): boolean {
  const gone = [head.withdrawn && 'withdrawn', head.merged_into && 'merged_into'];
  const fields = gone.filter((field) => field !== null);
  return fields.length > 0 && fields.every((field) => mayWrite(head, field));
}
