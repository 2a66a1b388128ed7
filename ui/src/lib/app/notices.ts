/** What a notice says in the window. */
import { today } from './clock.svelte';
import type { MyVisit, Notice } from '$lib/bindings';
import { moment } from '$lib/format/date';
import { m } from '$lib/words';

export function noticeText(notice: Notice): string {
  switch (notice.is) {
    case 'visit_assigned':
      return m.notice_assigned(visit(notice.now));
    case 'visit_moved':
      return m.notice_moved(visit(notice.now));
    case 'not_accepted':
      return m.notice_not_accepted({ label: notice.name?.label ?? '' });
    case 'decide':
      return m.notice_decide({ label: notice.name?.label ?? '' });
    case 'update':
      return m.notice_update();
    case 'several':
      return m.notice_several({ count: notice.count });
  }
}

function visit({ label, window }: MyVisit): { label: string; when: string } {
  const [start] = window?.split('/') ?? [];
  return { label, when: start ? moment(start, today()) : m.notice_no_time() };
}
