/**
 * Figures. Money and rates arrive as decimal text and stay text: separators are put between the digits, nothing is
 * ever parsed into a float. What people type is read in read.ts.
 */
import { separators } from './locale';
import { dateTime } from './time';

const DECIMAL = /^([-−+]?)(\d+)(?:\.(\d+))?$/;
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;
const MINUS = '−';
const TIED = '\u00a0'; // a space at which no line ends

/** Decimal text from Go ("-1234.50") with the separators of the person: "−1,234.50". Other text stays as it is. */
export function number(value: string | number): string {
  const match = DECIMAL.exec(String(value));
  if (!match) return String(value);
  const [, sign = '', whole = '', fraction] = match;
  const { group, decimal } = separators();
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, group) : whole;
  return `${sign === '-' || sign === MINUS ? MINUS : sign}${grouped}${fraction ? decimal + fraction : ''}`;
}

/** An amount as Go sends it: decimal text that never goes without its currency. */
export interface Amount {
  amount: string;
  currency: string;
}

/** An amount with its currency, always written: "CHF 1,234.50", "CHF −5.00"; in one piece. */
export function money(one: Amount): string {
  return `${one.currency}${TIED}${number(one.amount)}`;
}

/** One figure for each currency: "CHF 100.00 + EUR 50.00". */
export const moneys = (values: Amount[]) => values.map((value) => money(value)).join(' + ');

const FIGURES = /^[A-Z]{3} -?\d+(\.\d+)?( \+ [A-Z]{3} -?\d+(\.\d+)?)*$/;

/** One parameter: a moment, or figures with their currencies ("CHF 100.00 + EUR 50.00"), as the person writes them. */
function param(value: string): string {
  if (MOMENT.test(value)) return dateTime(value);
  if (!FIGURES.test(value)) return value;
  return moneys(value.split(' + ').map((one) => ({ currency: one.slice(0, 3), amount: one.slice(4) })));
}

/** Parameters that are always numbers: the limits of what may be typed. */
const LIMITS = ['min', 'max'];

/** Parameters of a text that Go sends by code, with the amounts, moments and limits among them as the person writes them. */
export const written = (params: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      LIMITS.includes(name) && /^\d+(\.\d+)?$/.test(value) ? number(value) : param(value),
    ]),
  );

/** A rate as Go writes it ("20" or "12.5") with its sign: "20 %", in one piece. */
export function percent(rate: string): string {
  return `${number(rate)}${TIED}%`;
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Bytes in steps of a thousand, as disks are sold: "1.4 MB". */
export function bytes(count: number): string {
  let size = count;
  let unit = 0;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${number(unit === 0 || size >= 99.5 ? String(Math.round(size)) : size.toFixed(1))} ${UNITS[unit]}`;
}
