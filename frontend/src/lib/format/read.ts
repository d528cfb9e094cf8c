/**
 * Reads figures as a person types them. Nothing is guessed and nothing is left out: a text has one meaning where the
 * person lives, or none. Digits are grouped only in threes from the decimal mark, and each mark has one role.
 */
import { locale, separators } from './locale';

/** Decimal text as Go reads it ("1475.5"), or why there is none: the text is no number, or of another currency. */
export type Reading = { value: string } | { refused: 'not_a_number' | 'other_currency' };

/** What may stand beside the digits: "%", or the currency of the field ("CHF"). */
export type Unit = string | undefined;

const BLANKS = ' \u00a0\u2009\u202f';
const SIGNS: Record<string, string> = { chf: 'CHF', 'fr.': 'CHF', fr: 'CHF', 'sfr.': 'CHF', eur: 'EUR', '€': 'EUR' };
const BESIDE = /^([\p{L}\p{Sc}.]*[\p{L}\p{Sc}]\.?)|([\p{L}\p{Sc}][\p{L}\p{Sc}.]*)$/u;
const REFUSED: Reading = { refused: 'not_a_number' };

/** "1’234.50", "CHF 1 234,5", "8.1 %" of a person with this locale (BCP 47). An empty text is the value "". */
export function readNumber(text: string, of = locale(), unit?: Unit): Reading {
  let rest = text.trim();
  if (rest === '') return { value: '' };
  let sign = '';
  const signed = () => {
    const found = /^[-−+]/.exec(rest)?.[0];
    if (!found || sign) return;
    sign = found;
    rest = rest.slice(1).trim();
  };
  signed();
  if (unit === '%' && rest.endsWith('%')) rest = rest.slice(0, -1).trim();
  const beside = unit !== undefined && /^[A-Z]{3}$/.test(unit) ? BESIDE.exec(rest)?.[0] : undefined;
  if (beside) {
    const named = SIGNS[beside.toLowerCase()] ?? beside.toUpperCase();
    if (named !== unit) return { refused: 'other_currency' };
    rest = (rest.startsWith(beside) ? rest.slice(beside.length) : rest.slice(0, -beside.length)).trim();
    signed();
  }
  const digits = plainDigits(rest, of);
  if (digits === undefined) return REFUSED;
  return { value: (sign === '-' || sign === '−' ? '-' : '') + digits };
}

/** The digits with "." as their decimal mark, or undefined. */
function plainDigits(text: string, of: string): string | undefined {
  const { group, decimal } = separators(of);
  const other = decimal === ',' ? '.' : ',';
  const quiet = [`'`, '’', ...BLANKS]; // these never mark decimals
  const native = split(text, decimal);
  if (native) {
    const [whole, fraction] = native;
    // the other mark groups where the region has it so, or where it cannot be anything else
    const clear = group === other || fraction !== '' || whole.split(other).length > 2;
    const read = ungroup(whole, clear ? [...quiet, other] : quiet);
    if (read !== undefined) return join(read, fraction);
  }
  const foreign = split(text, other);
  if (!foreign) return undefined;
  const [whole, fraction] = foreign;
  // 12,5 in an English field is twelve and a half; 1,234 may be a thousand, and 12,3456 is a slip
  if (fraction.length !== 1 && fraction.length !== 2 && !/^0?$/.test(whole)) return undefined;
  const read = ungroup(whole, [...quiet, decimal]);
  return fraction === '' || read === undefined ? undefined : join(read, fraction);
}

/** What stands before and behind the one decimal mark; undefined where that is no number. */
function split(text: string, mark: string): [string, string] | undefined {
  const at = text.indexOf(mark);
  if (at < 0) return [text, ''];
  const fraction = text.slice(at + 1);
  return /^\d+$/.test(fraction) ? [text.slice(0, at), fraction] : undefined;
}

/** The digits of "1’234’567" with one kind of these marks in threes, or of "1234567". */
function ungroup(whole: string, marks: string[]): string | undefined {
  if (/^\d*$/.test(whole)) return whole;
  const mark = /\D/.exec(whole)![0];
  const groups = whole.split(mark);
  const threes = groups.slice(1).every((one) => /^\d{3}$/.test(one));
  return marks.includes(mark) && threes && /^[1-9]\d{0,2}$/.test(groups[0]!) ? groups.join('') : undefined;
}

function join(whole: string, fraction: string): string | undefined {
  if (whole + fraction === '') return undefined;
  return (whole.replace(/^0+(?=\d)/, '') || '0') + (fraction && `.${fraction}`);
}

const MARK = '?';

/** A text that is no number, as a field hands it on: no reader takes it for one, whatever it looks like. */
export const refusedText = (text: string): string => MARK + text;

/** What was typed where a field hands on a text that is no number; undefined for every other value. */
export const typedRefused = (value: string): string | undefined =>
  value.startsWith(MARK) ? value.slice(MARK.length) : undefined;
