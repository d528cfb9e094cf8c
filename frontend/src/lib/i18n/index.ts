/**
 * Texts: `import { m } from '$lib/i18n'`, then `m.partner_title()`. Codes that Go sends (fault_…, reason_…, field_…,
 * act_…) are looked up with `word()`, because `m[code]` would pull every text of the program into one file.
 */
import './locale.svelte';
import * as byCode from '$paraglide/bycode.js';

export { m } from '$paraglide/messages.js';
export { language, LANGUAGE_NAMES, LOCALES, isLocale, type Locale } from './locale.svelte';

type Text = (inputs?: Record<string, unknown>) => string;

/** The text of a code in the current language, or undefined where there is none. */
export function word(key: string, params: Record<string, string> = {}): string | undefined {
  return (byCode as unknown as Record<string, Text | undefined>)[key]?.(params);
}
