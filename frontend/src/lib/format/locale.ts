/** How each language and region separates digits: a Swiss person writes 1’234.50 in Italian, French and German alike. */
import { language, type Locale } from '$lib/i18n/locale.svelte';
import { forms } from './forms.svelte';

export interface Separators {
  group: string;
  decimal: string;
}

/** Narrow no-break space, as French sets it; figures never break across lines. */
const NNBSP = '\u202f';
const SWISS: Separators = { group: '’', decimal: '.' };

const SEPARATORS: Record<Locale, Separators> = {
  it: { group: '.', decimal: ',' },
  es: { group: '.', decimal: ',' },
  fr: { group: NNBSP, decimal: ',' },
  de: SWISS,
  en: { group: ',', decimal: '.' },
};

/** Where a region writes otherwise than is usual in its language. */
const REGIONS: Record<string, Separators> = {
  'it-CH': SWISS,
  'fr-CH': SWISS,
  'en-CH': SWISS,
  'de-CH': SWISS,
  'de-DE': { group: '.', decimal: ',' },
  'de-AT': { group: '.', decimal: ',' },
  'it-IT': SEPARATORS.it,
  'fr-FR': SEPARATORS.fr,
  'es-ES': SEPARATORS.es,
};

/** What Intl gets where no region is known. German is Swiss German then, as Infomaniak writes it. */
const TAGS: Record<Locale, string> = { it: 'it', es: 'es', fr: 'fr', de: 'de-CH', en: 'en-GB' };

/** The person's language and region, e.g. "it-CH": what they chose in this language, else where the computer stands. */
export function locale(): string {
  const spoken = language.current;
  if (forms.locale.split('-')[0] === spoken) return forms.locale;
  const here = `${spoken}-${forms.region}`;
  return here in REGIONS ? here : TAGS[spoken];
}

/** The separators of a locale (BCP 47), by default the person's. */
export function separators(of = locale()): Separators {
  const spoken = of.split('-')[0] as Locale;
  return REGIONS[of] ?? SEPARATORS[spoken] ?? SEPARATORS.en;
}

/** The tag that Intl gets. */
export const tag = locale;

/** The day with which a week begins, 0 (Sunday) to 6; Monday where the web view does not know. */
export function firstWeekday(): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  const own = new Intl.Locale(tag()) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } };
  return ((own.getWeekInfo?.().firstDay ?? 1) % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6;
}
