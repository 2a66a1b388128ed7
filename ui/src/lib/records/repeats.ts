/** How often a card is served, in words: «раз на 3 місяці». */
import type { Periodicity } from '$lib/bindings';
import { m } from '$lib/words';

const EVERY = {
  DAILY: m.repeats_days,
  WEEKLY: m.repeats_weeks,
  MONTHLY: m.repeats_months,
  YEARLY: m.repeats_years,
} as const;

function isFrequency(word: string | undefined): word is keyof typeof EVERY {
  return word !== undefined && word in EVERY;
}

export function repeats(periodicity: Periodicity): string {
  switch (periodicity.repeats) {
    case 'once':
      return m.repeats_once();
    case 'meter':
      return m.repeats_meter({ every: periodicity.every });
    case 'calendar': {
      const parts = new Map(periodicity.rule.split(';').map((part) => part.split('=') as [string, string]));
      const [frequency, every] = [parts.get('FREQ'), Number(parts.get('INTERVAL') ?? 1)];
      // A rule of another kind is shown as it is kept: nothing is said that it does not say.
      return isFrequency(frequency) ? EVERY[frequency]({ count: every }) : periodicity.rule;
    }
  }
}

/** The same, of the text that a record keeps. */
export function repeatsKept(text: string): string {
  try {
    return repeats(JSON.parse(text) as Periodicity);
  } catch {
    // Written by a newer version: shown as it is kept.
    return text;
  }
}
