/** How each language separates digits; a Swiss person writes 1’234.50 in Italian, French and German alike. */
import { language, type Locale } from '$lib/i18n/locale.svelte';
import { forms } from './forms.svelte';

export interface Separators {
  group: string;
  decimal: string;
}

/** Narrow no-break space, as French sets it; figures never break across lines. */
const NNBSP = '\u202f';

const SEPARATORS: Record<Locale, Separators> = {
  it: { group: '.', decimal: ',' },
  es: { group: '.', decimal: ',' },
  fr: { group: NNBSP, decimal: ',' },
  de: { group: '’', decimal: '.' },
  en: { group: ',', decimal: '.' },
};

/** Where a region writes otherwise than is usual in its language. */
const REGIONS: Record<string, Separators> = {
  'it-CH': { group: '’', decimal: '.' },
  'fr-CH': { group: '’', decimal: '.' },
  'en-CH': { group: '’', decimal: '.' },
  'de-DE': { group: '.', decimal: ',' },
  'de-AT': { group: '.', decimal: ',' },
};

/** The tag that Intl gets. German is Swiss German here, as Infomaniak writes it. */
const TAGS: Record<Locale, string> = { it: 'it', es: 'es', fr: 'fr', de: 'de-CH', en: 'en-GB' };

/** What the person chose, as long as the window speaks that language. */
const chosen = () => (forms.locale.split('-')[0] === language.current ? forms.locale : '');

export function separators(): Separators {
  return REGIONS[chosen()] ?? SEPARATORS[language.current];
}

export function tag(): string {
  return chosen() || TAGS[language.current];
}

/** The day with which a week begins, 0 (Sunday) to 6; Monday where the web view does not know. */
export function firstWeekday(): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  const locale = new Intl.Locale(tag()) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } };
  return ((locale.getWeekInfo?.().firstDay ?? 1) % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6;
}
