/** Money: integer minor units and a currency, written by locale without ever becoming a float. */
import { locale } from '$lib/words';

/** An amount in minor units: 348000 UAH is 3 480,00 ₴. */
export interface Money {
  minor: number;
  currency: string;
}

/** An amount with its currency sign. */
export function money({ minor, currency }: Money): string {
  const format = new Intl.NumberFormat(locale(), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    useGrouping: 'always',
  });
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2;
  const sign = minor < 0 ? '-' : '';
  const all = String(Math.abs(minor)).padStart(digits + 1, '0');
  const decimal = digits > 0 ? `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}` : `${sign}${all}`;
  return format.format(decimal as Intl.StringNumericLiteral).replace(/[\u202f\u2009 ]/g, '\u00a0');
}
