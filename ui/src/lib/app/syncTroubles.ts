/** Why the exchange with the office does not go on, as people read it: what happened, what is safe, what to do next. */
import type { Connection, SyncTrouble } from '$lib/bindings';
import { m } from '$lib/words';

interface Told {
  text: () => string;
  /** A name for where a sentence has no room; none of what a person need not act on. */
  short?: () => string;
}

export const SYNC_TROUBLES = {
  unreachable: { text: m.problem_offline },
  not_a_relay: { text: m.problem_not_a_relay, short: m.sync_trouble_not_a_relay },
  other_relay: { text: m.problem_other_relay, short: m.sync_trouble_other_relay },
  forged: { text: m.problem_forged, short: m.sync_trouble_forged },
  not_recognised: { text: m.problem_not_recognised, short: m.sync_trouble_not_recognised },
  other_version: { text: m.problem_other_version, short: m.sync_trouble_other_version },
  clock: { text: m.problem_clock, short: m.sync_trouble_clock },
  device_full: { text: m.problem_disk_full, short: m.sync_trouble_device_full },
  relay_unable: { text: m.problem_relay_unable, short: m.sync_trouble_relay_unable },
  unexpected: { text: m.problem_sync_refused, short: m.sync_trouble_unexpected },
  no_progress: { text: m.problem_no_progress, short: m.sync_trouble_no_progress },
} satisfies Record<SyncTrouble['what'], Told>;

const FAILED: Told = { text: m.problem_sync_failed, short: m.sync_trouble_failed };

/** Why the last exchange did not go on; nothing while it does. */
export function syncTrouble(connection: Connection): Told | undefined {
  if (connection.is === 'waiting') return SYNC_TROUBLES[connection.trouble.what];
  return connection.is === 'failed' ? FAILED : undefined;
}
