/**
 * Reads figures as a person types them, as internal/core/input/figure.go does; both are held to the same table. A figure
 * is digits, at most one decimal mark, and marks of one kind that group the digits before it in threes; nothing is ever
 * dropped. The person's own marks count first. What has no meaning in them is understood if it has exactly one in those
 * of all languages ("12,5" in English); with two it is refused and both are named.
 */
import { locale, separators } from './locale';

/** Decimal text as Go reads it ("1475.5"), or why there is none, as Go would say it. */
export type Reading = { value: string } | { refused: string; params?: Record<string, string> };

const MOST = 100; // characters (code points), blanks and currency included
const BLANKS = ' \u00a0\u202f\u2009'; // people type the first and see the others
const APOSTROPHES = `'’`;
const REFUSED: Reading = { refused: 'not_a_number' };

/** What people write for the currencies that Kontor knows, in lower case. */
const SYMBOLS: Record<string, string> = {
  ...{ chf: 'CHF', 'fr.': 'CHF', fr: 'CHF', 'sfr.': 'CHF', sfr: 'CHF' },
  ...{ '€': 'EUR', eur: 'EUR', euro: 'EUR', euros: 'EUR' },
};

interface Marks {
  decimal: string;
  /** Any of these, but only one in a figure. */
  groups: string;
}

/** The marks of all languages together: what groups is never what divides. */
const EVERYONE: Marks[] = [
  { decimal: '.', groups: `,${APOSTROPHES}${BLANKS}` },
  { decimal: ',', groups: `.${APOSTROPHES}${BLANKS}` },
];

/**
 * "1’234.50", "CHF 1 234,5", "8.1 %" of a person with this locale (BCP 47). An empty text is the value "". What may
 * stand beside the digits is the unit: "%", or the currency of the field ("CHF").
 */
export function readNumber(text: string, of = locale(), unit = ''): Reading {
  if (text.length > 2 * MOST || [...text].length > MOST) return REFUSED;
  let rest = bare(text);
  if (rest === '') return { value: '' };
  let sign = '';
  const takeSign = () => {
    sign = /^[-−+]/.exec(rest)?.[0] ?? '';
    rest = trim(rest.slice(sign.length));
  };
  takeSign();
  if (unit === '%' && rest.endsWith('%')) rest = trim(rest.slice(0, -1));
  const currency = /^[A-Z]{3}$/.test(unit) ? unit : '';
  const before = /^(?:[\p{L}\p{Sc}]+)(?=[^\p{L}\p{Sc}])/u.exec(rest)?.[0];
  if (before) {
    const word = rest[before.length] === '.' && `${before}.`.toLowerCase() in SYMBOLS ? `${before}.` : before;
    const other = otherThan(currency, word);
    if (other) return other;
    rest = trim(rest.slice(word.length));
    if (!sign) takeSign();
  }
  const after = /[\p{L}\p{Sc}]+\.?$/u.exec(rest)?.[0];
  if (after && after.length < rest.length && (!after.endsWith('.') || after.toLowerCase() in SYMBOLS)) {
    const other = otherThan(currency, after);
    if (other) return other;
    if (before) return REFUSED; // it stands on both sides
    rest = trim(rest.slice(0, -after.length));
  }
  const signed = (digits: string) => (sign === '-' || sign === '−' ? '-' : '') + digits;
  const own = read(rest, ownMarks(of));
  if (own !== undefined) return { value: signed(own) };
  const found = [...new Set(EVERYONE.map((marks) => read(rest, marks)))].filter((one) => one !== undefined);
  const [first, second] = found;
  if (first === undefined) return REFUSED;
  if (second === undefined) return { value: signed(first) };
  return { refused: 'number_ambiguous', params: { first: signed(first), second: signed(second) } };
}

/** What nobody sees: text.Invisible of Go, and control characters that are no blanks. The signs that enclose numbers are seen. */
export const UNSEEN = new RegExp(
  [
    '[\\0-\\x08\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f]',
    '(?![\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u{110bd}\\u{110cd}])\\p{Cf}',
    '\\u034f|\\u17b4|\\u17b5|\\p{Variation_Selector}|[\\u115f\\u1160\\u2065\\u2800\\u3164\\uffa0\\ufff0-\\ufff8\\ufffc]',
    '[\\u{e0000}-\\u{e0fff}]',
  ].join('|'),
  'gu',
);

/** Without signs that nobody sees, and with Western digits, marks and blanks for the wide ones of East Asia. */
export function bare(text: string): string {
  const narrow = (wide: string) => (wide === '\u3000' ? ' ' : String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  return trim(text.replace(UNSEEN, '').replace(/[\uff01-\uff5e\u3000]/g, narrow));
}

/** Without the blanks around it: those of String.trim and the one that Unicode has besides (U+0085). */
const trim = (text: string) => text.replace(/^[\s\x85]+|[\s\x85]+$/g, '');

/** Blanks group in every language (ISO 31-0). */
function ownMarks(of: string): Marks {
  const { group, decimal } = separators(of);
  return { decimal, groups: (group === '’' ? APOSTROPHES : group) + BLANKS };
}

/** Why a word beside the digits is not the currency that was asked for. */
function otherThan(currency: string, word: string): Reading | undefined {
  const named = SYMBOLS[word.toLowerCase()];
  if (currency === '' || (!named && !/^(?:\p{Sc}|[A-Z]{3})$/u.test(word))) return REFUSED;
  return named === currency ? undefined : { refused: 'wrong_currency', params: { currency } };
}

/** The digits without marks but a point, and without zeros before the first digit but one; undefined if it is none. */
function read(digits: string, { decimal, groups }: Marks): string | undefined {
  const at = digits.indexOf(decimal);
  const fraction = at < 0 ? '' : digits.slice(at + 1);
  if (at >= 0 && !/^\d+$/.test(fraction)) return undefined;
  const whole = ungroup(at < 0 ? digits : digits.slice(0, at), groups);
  if (whole === undefined || whole + fraction === '') return undefined;
  return (whole.replace(/^0+/, '') || '0') + (fraction && `.${fraction}`);
}

/** The marks taken out of the digits before the decimal mark: the same one each time, in front of every three. */
function ungroup(whole: string, groups: string): string | undefined {
  if (/^\d*$/.test(whole)) return whole;
  const mark = [...whole].find((one) => groups.includes(one));
  if (!mark) return undefined;
  const parts = whole.split(mark);
  const threes = parts.slice(1).every((one) => /^\d{3}$/.test(one));
  return threes && /^[1-9]\d{0,2}$/.test(parts[0] ?? '') ? parts.join('') : undefined;
}

const MARK = '?';

/** A text that is no number, as a field hands it on: no reader takes it for one, whatever it looks like. */
export const refusedText = (text: string): string => MARK + text;

/** What was typed where a field hands on a text that is no number; undefined for every other value. */
export const typedRefused = (value: string): string | undefined =>
  value.startsWith(MARK) ? value.slice(MARK.length) : undefined;
