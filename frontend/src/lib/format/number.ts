/**
 * Figures. Money and rates arrive as decimal text and stay text: separators are put between the digits, nothing is
 * ever parsed into a float.
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

/** An amount with its currency, always written: "CHF 1,234.50", "− CHF 5.00"; in one piece. */
export function money(amount: string, currency: string): string {
  const text = number(amount);
  const negative = text.startsWith(MINUS);
  return `${negative ? MINUS + TIED : ''}${currency}${TIED}${negative ? text.slice(1) : text}`;
}

/** Parameters of a text that Go sends by code, with the amounts and moments among them as the person writes them. */
export function written(params: Record<string, string>): Record<string, string> {
  const { currency, ...given } = params;
  const rest = Object.fromEntries(Object.entries(given).map(([k, v]) => [k, MOMENT.test(v) ? dateTime(v) : v]));
  if (!currency) return rest;
  for (const name of ['amount', 'missing']) if (rest[name]) rest[name] = money(rest[name], currency);
  return { ...rest, currency };
}

/** A rate as Go writes it ("20" or "12.5") with its sign: "20 %", in one piece. */
export function percent(rate: string): string {
  return `${number(rate)}${TIED}%`;
}

/** What a person typed ("1’234,50", "1 234.5") as the decimal text that Go reads; senseless text stays as it is. */
export function plain(typed: string): string {
  const text = typed
    .trim()
    .replace(/[\s’'_]/gu, '')
    .replace(MINUS, '-');
  const { decimal, group } = separators();
  if (/^[-+]?\d+$/.test(text)) return text;
  // one kind of mark only, once: it is the decimal mark of this or of another language, unless it groups thousands
  const marks = [...text.matchAll(/[.,]/g)];
  const last = marks.at(-1);
  if (!last) return text;
  const mark = last[0];
  const repeated = marks.filter((one) => one[0] === mark).length > 1;
  const groups = mark === group && decimal !== mark && /[.,]\d{3}$/.test(text) && marks.length === 1;
  if (repeated || groups) return marks.every((one) => one[0] === mark) ? text.replaceAll(mark, '') : text;
  const whole = text.slice(0, last.index).replace(/[.,]/g, '');
  return `${whole || '0'}.${text.slice(last.index + 1)}`;
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
