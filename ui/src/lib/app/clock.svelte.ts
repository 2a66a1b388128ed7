/** The time on the screen, which moves by itself. */
import { createSubscriber } from 'svelte/reactivity';
import { dayOf, type LocalDate } from '$lib/format/date';

const EVERY_MS = 10_000;

const subscribe = createSubscriber((update) => {
  const timer = setInterval(update, EVERY_MS);
  return () => clearInterval(timer);
});

/** Now; what reads it in a template or a `$derived` is read again as time goes. */
export function now(): Date {
  subscribe();
  return new Date();
}

export function today(): LocalDate {
  return dayOf(now());
}

/** Whole minutes from an instant until now, not before. */
export function minutesSince(instant: string): number {
  return Math.max(0, Math.floor((now().getTime() - new Date(instant).getTime()) / 60_000));
}
