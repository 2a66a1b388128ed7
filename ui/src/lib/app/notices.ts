/** What a notice says in the window, and where it leads. */
import { today } from './clock.svelte';
import type { MyVisit, Notice } from '$lib/bindings';
import { moment } from '$lib/format/date';
import type { IconName } from '$lib/icons/names';
import { m } from '$lib/words';
import { notAcceptedPath, noticesPath, recordPath, reviewPath, settingsPath, visitPath } from './paths';
import { SYNC_TROUBLES } from './syncTroubles';

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
    case 'review':
      return m.notice_review({ count: notice.count });
    case 'sync_halted':
      return SYNC_TROUBLES[notice.by].text();
    case 'several':
      return m.notice_several({ count: notice.count });
  }
}

/** The place where a person does what a notice asks for; none when there is nothing to open. */
export function noticePath(notice: Notice): string | undefined {
  switch (notice.is) {
    case 'visit_assigned':
    case 'visit_moved':
      return visitPath(notice.visit);
    case 'not_accepted':
      return notAcceptedPath;
    case 'decide':
      return notice.name === null ? undefined : recordPath(notice.name);
    case 'review':
      return reviewPath;
    case 'sync_halted':
      return settingsPath;
    case 'several':
      return undefined;
  }
}

/** Where a notice leads from outside of their list: many at once to the list itself. */
export const toldPath = (notice: Notice): string | undefined =>
  notice.is === 'several' ? noticesPath : noticePath(notice);

export function noticeIcon(notice: Notice): IconName {
  switch (notice.is) {
    case 'visit_assigned':
      return 'van';
    case 'visit_moved':
      return 'clock';
    case 'not_accepted':
      return 'alert';
    case 'decide':
      return 'fork';
    case 'review':
      return 'inbox';
    case 'sync_halted':
      return 'alert';
    case 'several':
      return 'bell';
  }
}

function visit({ label, window }: MyVisit): { label: string; when: string } {
  const [start] = window?.split('/') ?? [];
  return { label, when: start ? moment(start, today()) : m.notice_no_time() };
}
