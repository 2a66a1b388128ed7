/** Records as lines name them. A record that is not on this device has its provisional label and no more. */
import type { AddressView, CardBrief, EquipmentBrief, Linked } from '$lib/bindings';
import { locale } from '$lib/words';

/** «ТОВ «Хлібодар»»: what a record is about, or else how it is called. */
export function named(link: Linked | null): string {
  return link === null ? '' : translated(link) || link.title || link.label;
}

/** What a directory entry or a role is called in the language of the screen; empty where it has one name. */
export function translated({ name_en: en, name_ru: ru }: Pick<Linked, 'name_en' | 'name_ru'>): string {
  const names: Partial<Record<string, string>> = { en, ru };
  return names[locale()] ?? '';
}

/** «Лозинський І. Д.»: a person in a row of a table. */
export function shortName(link: Linked): string {
  const [surname = '', ...others] = named(link).split(' ');
  if (link.kind !== 'employee' || others.length === 0) return named(link);
  return [surname, ...others.map((name) => `${name.charAt(0)}.`)].join('\u00a0');
}

/** «Компресор гвинтовий ВК-22, № 0817-2214». */
export function objectText(object: EquipmentBrief | null): string {
  if (object === null) return '';
  // Many people write the model into the name: it is not said twice then.
  const model = object.name?.includes(object.model ?? '') ? '' : object.model;
  const name = [object.name, model].filter(Boolean).join(' ') || named(object.link);
  // A number never comes apart, at its hyphens neither.
  const serial = object.serial && `№\u00a0${object.serial.replaceAll('-', '\u2011')}`;
  return [name, serial].filter(Boolean).join(', ');
}

/** «Житомир, вул. Промислова, 14». */
export function addressText(address: AddressView): string {
  return [address.settlement, address.street].filter(Boolean).join(', ') || (address.label ?? '');
}

/** What is to be done, in a few words: what the card is about. */
export function taskText(card: Linked | CardBrief | null): string {
  const link = card !== null && 'link' in card ? card.link : card;
  return link === null ? '' : link.title;
}
