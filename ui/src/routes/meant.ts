/** What is meant by words that are the whole name of a place. */
import { searchable } from '$lib/format/searchable';

interface Group<Item> {
  title: string;
  items: readonly Item[];
}

/**
 * Puts the groups of `places` that have one of that very name first, and it first among theirs: who types a whole
 * name means it, not what only holds its words.
 */
export function meantFirst<Item extends { label: string }>(
  groups: readonly Group<Item>[],
  places: readonly string[],
  text: string,
): Group<Item>[] {
  const words = searchable(text);
  const isMeant = ({ label }: Item): boolean => searchable(label) === words;
  const first = groups.filter(({ title, items }) => places.includes(title) && items.some(isMeant));
  const rest = groups.filter((group) => !first.includes(group));
  const sorted = first.map(({ title, items }) => ({
    title,
    items: [...items.filter(isMeant), ...items.filter((item) => !isMeant(item))],
  }));
  return [...sorted, ...rest];
}
