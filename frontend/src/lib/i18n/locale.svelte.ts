/**
 * The language of the window. Switching it re-renders every text at once: Paraglide asks `current`, which is state.
 */
import { overwriteGetLocale } from '$paraglide/runtime.js';

export const LOCALES = ['it', 'es', 'fr', 'de', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Every language by its own name: a person looks for theirs, not for ours. */
export const LANGUAGE_NAMES: Record<Locale, string> = {
  it: 'Italiano',
  es: 'Español',
  fr: 'Français',
  de: 'Deutsch',
  en: 'English',
};

export function isLocale(text: unknown): text is Locale {
  return LOCALES.includes(text as Locale);
}

class Language {
  #current = $state<Locale>('en'); // until Go has said which

  get current(): Locale {
    return this.#current;
  }

  set current(next: Locale) {
    this.#current = next;
    if (typeof document !== 'undefined') document.documentElement.lang = next;
  }
}

export const language = new Language();
overwriteGetLocale(() => language.current);
