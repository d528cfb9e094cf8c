/**
 * Texts: `import { m } from '$lib/i18n'`, then `m.partner_title()`. Codes that Go sends (fault_…, reason_…, field_…,
 * act_…) are looked up with `word()`: nobody has checked that there is a text for them.
 */
import type { Messages } from '../../texts/messages';
import { language, type Locale } from './locale.svelte';
import { say, type Inputs } from './message';

export { language, LANGUAGE_NAMES, LOCALES, isLocale, type Locale } from './locale.svelte';

/** What `npm run messages` writes the type of every text with: a text without places … */
export type Plain = (inputs?: object, options?: { locale?: Locale }) => string;
/** … and one that needs an input for each of its places. */
export type Filled<Places extends string> = (
  inputs: Record<Places, NonNullable<unknown>>,
  options?: { locale?: Locale },
) => string;

const spoken = new Map<string, (inputs?: Inputs, options?: { locale?: Locale }) => string>();

/** Every text by its key, as a function that says it in the language of the window or in another. */
export const m = new Proxy({} as Messages, {
  get(_, key: string) {
    let text = spoken.get(key);
    if (!text) {
      text = (inputs, options) => {
        const [locale, texts] = language.texts(options?.locale);
        return say(texts[key] ?? key, locale, inputs);
      };
      spoken.set(key, text);
    }
    return text;
  },
});

/** The text of a code in the current language, or undefined where there is none. */
export function word(key: string, params: Record<string, string> = {}): string | undefined {
  const [locale, texts] = language.texts();
  return Object.hasOwn(texts, key) ? say(texts[key]!, locale, params) : undefined;
}
