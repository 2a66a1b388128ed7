/** Numbers as people read them. A number and its unit never come apart: the space between does not break. */
import { locale } from '$lib/words';

/** A decimal as records keep it: canonical text, never a float. */
export type Decimal = string;

export const NBSP = '\u00a0';

const made = new Map<string, Intl.NumberFormat>();

function format(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale()} ${JSON.stringify(options)}`;
  const present = made.get(key);
  if (present) return present;
  // Thousands are parted in every language, but four digits are not a thousand worth parting alone.
  const fresh = new Intl.NumberFormat(locale(), { useGrouping: 'min2', ...options });
  made.set(key, fresh);
  return fresh;
}

/** Intl spaces are narrow in some languages; one kind of no-break space keeps columns even. */
function even(text: string): string {
  return text.replace(/[\u202f\u2009 ]/g, NBSP);
}

/** A number; `digits` after the point at most, as many as it has when left out. */
export function number(value: Decimal | number, digits?: number): string {
  const options = digits === undefined ? { maximumFractionDigits: 10 } : { maximumFractionDigits: digits };
  return even(format(options).format(value as Intl.StringNumericLiteral));
}

/** A number as it stands in the field it is typed into: without the signs that part thousands, which are not read back. */
export function typedNumber(value: Decimal): string {
  return format({ useGrouping: false, maximumFractionDigits: 10 }).format(value as Intl.StringNumericLiteral);
}

/** A number in a column of such numbers: always `digits` after the point. */
export function column(value: Decimal | number, digits: number): string {
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return even(format(options).format(value as Intl.StringNumericLiteral));
}

/** A whole word, which would have to be bent by its number, and no short form such as «шт.» or «м²». */
const WHOLE_WORD = /^[\p{L}’' -]{4,}$/u;

/** A quantity with its unit: «2 шт.», «2 (послуга)». */
export function quantity(value: Decimal | number, unit: string): string {
  if (unit === '') return number(value);
  return `${number(value)}${NBSP}${WHOLE_WORD.test(unit) ? `(${unit})` : unit}`;
}

/** Percent in whole numbers: «64 %», in English “64%”. Never rounds up to what is not reached. */
export function percent(value: Decimal | number): string {
  const whole = Math.floor(Number(value));
  return locale() === 'en' ? `${number(whole)}%` : `${number(whole)}${NBSP}%`;
}

/** Bytes as a person weighs them. */
export function size(bytes: number): string {
  const [unit, scale] =
    bytes < 1_000_000 ? (['kilobyte', 1_000] as const) : (['megabyte', 1_000_000] as const);
  const options = { style: 'unit', unit, maximumFractionDigits: scale === 1_000 ? 0 : 1 } as const;
  return even(format(options).format(bytes / scale));
}

/** The decimal in what a person typed: «7,5» is 7.5. Nothing when it is no number. */
export function decimal(typed: string): Decimal | undefined {
  const plain = typed.replace(/\s/g, '').replace(',', '.');
  if (!/^-?\d+(\.\d+)?$/.test(plain)) return undefined;
  return plain
    .replace(/^(-?)0+(?=\d)/, '$1')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '');
}

/** «UA21 3223 1300 0002 6007 2335 6600 1»: a long number as papers print it, which breaks between its parts. */
export const inFours = (long: string): string => long.replace(/(.{4})(?=.)/g, '$1 ');
