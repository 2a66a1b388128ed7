/** The clocks of a complaint: how long the customer waited for a first step, and for the end. */
import type { ComplaintPage } from '$lib/bindings';

export interface Clock {
  minutes: number;
  /** Whether the customer still waits. */
  runs: boolean;
}

/** From the receipt to the first step of ours. Nothing when nobody wrote down when it was received. */
export function reaction(view: ComplaintPage, now: Date): Clock | undefined {
  return clock(view.received_at, view.events.find(({ act }) => act !== 'customer_answered')?.at, now);
}

/** From the receipt to the close or the rejection that stands. */
export function resolution(view: ComplaintPage, now: Date): Clock | undefined {
  const over = view.state === 'closed' || view.state === 'rejected';
  const end = over ? view.events.findLast(({ act }) => act === view.state)?.at : undefined;
  return clock(view.received_at, end, now);
}

function clock(from: string | null, to: string | null | undefined, now: Date): Clock | undefined {
  if (from === null) return undefined;
  const end = to ? Date.parse(to) : now.getTime();
  return { minutes: Math.max(0, Math.floor((end - Date.parse(from)) / 60_000)), runs: !to };
}
