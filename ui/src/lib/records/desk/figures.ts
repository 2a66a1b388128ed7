/** What a page at a desk says first of a record, and its facts in a column. */
import { linkTo } from '$lib/app/paths';
import type { Linked } from '$lib/bindings';
import { named } from '$lib/visits/naming';

/** A name, and the page of whoever has it. */
export interface Linking {
  text: string;
  href?: string;
}

/** Records by their names, each leading to its page when it has one. */
export function linksTo(
  records: readonly (Linked | null)[],
  name: (record: Linked) => string = named,
): Linking[] {
  return records.flatMap((record) => (record === null ? [] : { text: name(record), href: linkTo(record) }));
}

/** A figure of the strip below the title. */
export interface Figure {
  label: string;
  text: string;
  note?: string;
  href?: string;
  /** Shown instead of the text: names that lead each to its own page. */
  links?: readonly Linking[];
  /** Due is late, or owed. */
  tone?: 'calm' | 'due';
  /** A figure stands large: the one number the record is about. */
  size?: 'normal' | 'figure';
}

/** A figure that stands there once somebody has written it. */
export function figure(label: string, text: string | null | undefined, note?: string): Figure[] {
  return text ? [{ label, text, note }] : [];
}

/** A fact in a column; one without text is left out. */
export interface Fact {
  label: string;
  text: string;
  href?: string;
  /** Shown instead of the text: names that lead each to its own page. */
  links?: readonly Linking[];
}

export function fact(label: string, text: string | null | undefined, href?: string): Fact[] {
  return text ? [{ label, text, href }] : [];
}

/** A record by its name, which leads to its page when it has one. */
export function linkedFact(label: string, record: Linked | null): Fact[] {
  return fact(label, named(record), linkTo(record));
}
