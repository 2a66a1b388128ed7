/** One spelling of what people type and what records hold, so that one is found by the other. */

/** Apostrophes as people type them, soft hyphens and what has no width. */
const IGNORED = /['’‘ʼ`′\u00ad\u200b-\u200d\u2060\ufeff]/g;
const FOLDED: Partial<Record<string, string>> = { ё: 'е', ґ: 'г' };

/**
 * A text as its search compares it: lower case, without apostrophes and accents, ё as е and ґ as г, one blank
 * between words. Letters are folded as the device's index does it (crates/domain/src/normalize.rs); marks stay,
 * for among a few words «%» tells things apart.
 */
export function searchable(text: string): string {
  return text
    .replace(IGNORED, '')
    .toLowerCase()
    .normalize('NFC')
    .replace(/\p{M}/gu, '')
    .replace(/[ёґ]/g, (letter) => FOLDED[letter] ?? letter)
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether a text holds every one of the words. */
export function holdsWords(text: string, words: string): boolean {
  const folded = searchable(text);
  return searchable(words)
    .split(' ')
    .every((word) => folded.includes(word));
}
