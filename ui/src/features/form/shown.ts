/** A value of a form as it is read: where it may not be written, and beside what was typed. */
import type { Linked, Periodicity, RefusalReason } from '$lib/bindings';
import { repeats } from '$lib/records/repeats';
import { placeText, told } from '$lib/records/told';
import { named } from '$lib/visits/naming';
import { m } from '$lib/words';
import type { FieldSpec, FormKind } from './spec';
import { isEmpty } from './values';

export function shown(
  kind: FormKind,
  { name, control }: FieldSpec,
  value: unknown,
  links: readonly Linked[],
  today: string,
): string {
  if (isEmpty(value)) return m.field_empty();
  if (control.is === 'repeats') return repeats(value as Periodicity);
  if (control.is === 'coordinates') return placeText(value);
  if (Array.isArray(value)) return (links.length === 0 ? value : links.map(named)).join(', ');
  if (typeof value === 'object') return m.field_empty();
  const plain = value as string | number | boolean;
  return told(kind, name, plain, { links, rows: [] }, today);
}

/** The place in what was typed or pasted; nothing when it is none. */
export function placeTyped(text: string): { latitude_e6: number; longitude_e6: number } | undefined {
  const match = /^\s*(-?\d{1,2}(?:[.]\d+)?)\s*[,; ]\s*(-?\d{1,3}(?:[.]\d+)?)\s*$/.exec(text);
  if (!match) return undefined;
  const [latitude, longitude] = [Number(match[1]), Number(match[2])];
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return { latitude_e6: Math.round(latitude * 1e6), longitude_e6: Math.round(longitude * 1e6) };
}

/** Why somebody may not write there. */
export function whyNot(reason: RefusalReason): string {
  switch (reason.code) {
    case 'relay_only':
      return m.form_locked_number();
    case 'not_yours_to_decide':
      return m.form_locked_conflict();
    case 'newer_schema':
      return m.problem_newer_app();
    case 'out_of_sight':
    case 'not_yours_to_make':
    case 'not_yours':
    case 'birth_only':
    case 'author_missing':
    case 'anothers_row':
    case 'anothers_name':
    case 'needs_ability':
    case 'not_canonical':
    case 'row_exists':
    case 'no_such_row':
    case 'fixed':
    case 'foreign':
      return m.form_locked();
  }
}
