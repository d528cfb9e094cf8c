/** How payment means are called and drawn, and how what a person types becomes what Go reads. */
import { dayAfter, today } from '$lib/format';
import { tag } from '$lib/format/locale';
import { m } from '$lib/i18n';
import type { IconName } from '$lib/ui/icons';
import type { Money } from './api';

const HALF_A_YEAR = 182; // days

export interface Means {
  kind: string;
  brand: string;
  last4: string;
}

const ICONS: Record<string, IconName> = {
  card: 'payments',
  postfinance: 'bank',
  twint: 'phone',
  paypal: 'mail',
  ebill: 'receipt',
  bank: 'bank',
  prepaid: 'wallet',
};

export const kindIcon = (kind: string): IconName => ICONS[kind] ?? 'payments';

/** Names of firms are the same in every language. */
const FIRMS: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  postfinance: 'PostFinance',
  twint: 'TWINT',
  paypal: 'PayPal',
  ebill: 'eBill',
};

export function kindName(kind: string, brand = ''): string {
  if (kind === 'card' && FIRMS[brand]) return FIRMS[brand];
  if (kind === 'card') return m.payment_kind_card();
  if (kind === 'bank') return m.payment_kind_bank();
  if (kind === 'prepaid') return m.payment_kind_prepaid();
  return FIRMS[kind] ?? kind;
}

/** "Visa 4417", "TWINT": short enough for a column. */
export function meansName(means: Means): string {
  if (means.kind === 'prepaid') return m.payment_kind_prepaid_short();
  return `${kindName(means.kind, means.brand)} ${means.last4}`.trim();
}

/** "CH" as "Switzerland". */
export const countryName = (code: string): string =>
  code ? (new Intl.DisplayNames([tag()], { type: 'region' }).of(code) ?? code) : '';

/** "2026-11" as "Nov 2026". */
export function month(text: string): string {
  const found = /^(\d{4})-(\d{2})$/.exec(text);
  if (!found) return text;
  const at = new Date(Number(found[1]), Number(found[2]) - 1, 1);
  return new Intl.DateTimeFormat(tag(), { month: 'short', year: 'numeric' }).format(at);
}

/** "2026-12-21" as "21 Dec"; a day more than half a year away says its year, or it would be taken for the next one. */
export function shortDay(text: string, now = today()): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (!found) return text;
  const at = new Date(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  const year = text < dayAfter(now, -HALF_A_YEAR) || text > dayAfter(now, HALF_A_YEAR) ? 'numeric' : undefined;
  return new Intl.DateTimeFormat(tag(), { day: 'numeric', month: 'short', year }).format(at);
}

/** "2027-02-28" as "28 February". */
export function longDay(text: string): string {
  const found = /^(\d{4})-(\d{2})-(\d{2})/.exec(text);
  if (!found) return text;
  const at = new Date(Number(found[1]), Number(found[2]) - 1, Number(found[3]));
  return new Intl.DateTimeFormat(tag(), { day: 'numeric', month: 'long' }).format(at);
}

/** The end of a card as it stands on the card ("11/26", "11/2026", "11.2026") or in full; other text stays as it is. */
export function cardEnd(typed: string): string {
  const text = typed.trim();
  const onCard = /^(\d{1,2})\s*[/.\- ]\s*(\d{2}|\d{4})$/.exec(text);
  if (!onCard) return text;
  const [, month = '', year = ''] = onCard;
  return `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, '0')}`;
}

/** "2026-11" as it stands on a card, for a form: "11/2026". */
export const asOnCard = (end: string): string => (end ? `${end.slice(5)}/${end.slice(0, 4)}` : '');

/** Tells whether an amount is there and is not zero. */
export const isMoney = (one: Money): boolean => exact(one.amount) !== 0n;

/** The smaller of two amounts in decimal text, without floats. */
export function lesser(a: string, b: string): string {
  return exact(a) < exact(b) ? a : b;
}

/** The difference of two amounts in decimal text, with no digit lost. */
export function minus(a: string, b: string): string {
  const size = exact(a) - exact(b);
  const digits = (size < 0n ? -size : size).toString().padStart(DIGITS + 1, '0');
  const fraction = digits.slice(-DIGITS).replace(/0+$/, '').padEnd(2, '0');
  return `${size < 0n ? '-' : ''}${digits.slice(0, -DIGITS)}.${fraction}`;
}

/** The most decimals that a field reads. */
const DIGITS = 6;

/** Decimal text in millionths; 0 for what is no amount yet (a form in the making). */
export function exact(text: string): bigint {
  const found = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (!found) return 0n;
  const size = BigInt(found[2]! + (found[3] ?? '').padEnd(DIGITS, '0'));
  return found[1] ? -size : size;
}
