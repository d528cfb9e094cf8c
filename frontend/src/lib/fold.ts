/**
 * A text for comparison, as text.Fold of Go writes it; both are held to the same table. Case, accents, widths, ligatures,
 * kinds of quotes, dashes and blanks do not matter; ß is ss, ø is o, ł is l: "strasse" finds "Straße".
 */
import { UNSEEN } from './format/read';

/** Signs that people write in more than one way, which Unicode does not take apart. */
const SAME: Record<string, string> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h', ŧ: 't', ŋ: 'n', ĸ: 'k' },
  ...{ ƒ: 'f', ə: 'e', ς: 'σ', '’': "'", '‘': "'", '`': "'", ʼ: "'", '′': "'", '“': '"', '”': '"', '„': '"', '«': '"' },
  ...{ '»': '"', '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '−': '-' },
};

const PLAIN = /^[!-_a-~]*(?: [!-_a-~]+)*$/;

/** A letter whose marks are left out when people search; in other scripts they make another word. */
const ACCENTED = /^[\0-\x7f\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]$/u;

export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  let base = '';
  let folded = '';
  const apart = text.normalize('NFKD').replace(UNSEEN, '');
  for (const sign of apart.replace(/[\s\x85]\p{Mn}+/gu, '')) {
    if (/\p{Mn}/u.test(sign)) {
      if (base !== '' && !ACCENTED.test(base)) folded += sign;
      continue;
    }
    base = sign;
    const low = sign.toLowerCase();
    folded += SAME[low] ?? low;
  }
  return folded
    .normalize('NFC')
    .replace(/[\s\x85]+/g, (blank) => (/[\n\r]/.test(blank) ? '\n' : ' '))
    .replace(/^\s|\s$/g, '');
}
