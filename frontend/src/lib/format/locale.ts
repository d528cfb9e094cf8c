/** How each region separates digits, whatever language is spoken there. Go has the same: internal/core/words/locale.go. */
import { language, type Locale } from '$lib/i18n/locale.svelte';
import { forms } from './forms.svelte';

export interface Separators {
  group: string;
  decimal: string;
}

/** Narrow no-break space, as French sets it; figures never break across lines. */
const NNBSP = '\u202f';
const COMMA: Separators = { group: '.', decimal: ',' };
const POINT: Separators = { group: ',', decimal: '.' };

const REGIONS: Record<string, Separators> = {
  CH: { group: '’', decimal: '.' },
  IT: COMMA,
  DE: COMMA,
  AT: COMMA,
  FR: { group: NNBSP, decimal: ',' },
  ES: COMMA,
  GB: POINT,
  US: POINT,
};

/** The region that a language stands for where nobody names one. German is Swiss German then, as Infomaniak writes it. */
const USUAL: Record<Locale, string> = { it: 'IT', es: 'ES', fr: 'FR', de: 'CH', en: 'GB' };

/** The person's language and region, e.g. "it-CH". */
export function locale(): string {
  const spoken = language.current;
  return `${spoken}-${forms.region in REGIONS ? forms.region : USUAL[spoken]}`;
}

/** The separators of a locale (BCP 47), by default the person's. */
export function separators(of = locale()): Separators {
  const [spoken, region = ''] = of.split('-');
  return REGIONS[region] ?? REGIONS[USUAL[spoken as Locale]] ?? POINT;
}

/** The tag that Intl gets. */
export const tag = locale;

/** The day with which a week begins, 0 (Sunday) to 6; Monday where the web view does not know. */
export function firstWeekday(): 0 | 1 | 2 | 3 | 4 | 5 | 6 {
  const own = new Intl.Locale(tag()) as Intl.Locale & { getWeekInfo?: () => { firstDay: number } };
  return ((own.getWeekInfo?.().firstDay ?? 1) % 7) as 0 | 1 | 2 | 3 | 4 | 5 | 6;
}
