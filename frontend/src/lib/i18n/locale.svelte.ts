/** The language of the window. Switching it re-renders every text at once. */
import { first, load, locale, tables } from '$texts';
import type { Texts } from './message';

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
  #tables = $state.raw<Readonly<Record<string, Texts>>>({ ...tables });
  #wanted: Locale = 'en';
  #asked = new Map<Locale, Promise<void>>();

  /** Resolves when there is something to say. */
  readonly ready: Promise<void> =
    first?.then(() => {
      this.#tables = { ...tables, ...this.#tables };
      if (isLocale(locale)) this.current = locale;
    }) ?? Promise.resolve();

  get current(): Locale {
    return this.#current;
  }

  /** Another language is spoken as soon as its texts are there. */
  set current(next: Locale) {
    this.#wanted = next;
    if (this.#tables[next]) this.#speak(next);
    else void this.learn(next).then(() => this.#wanted === next && this.#speak(next));
  }

  #speak(next: Locale) {
    this.#current = next;
    if (typeof document !== 'undefined') document.documentElement.lang = next;
  }

  /** Fetches the texts of a language, once. */
  learn(next: Locale): Promise<void> {
    let asked = this.#asked.get(next);
    if (!asked) {
      asked = load(next).then((texts) => void (this.#tables = { ...this.#tables, [next]: texts }));
      asked.catch(() => this.#asked.delete(next)); // another time
      this.#asked.set(next, asked);
    }
    return asked;
  }

  /** The texts of a language; while they are on their way, those of the language that is spoken. */
  texts(of: Locale = this.#current): [language: Locale, texts: Texts] {
    const texts = this.#tables[of];
    if (texts) return [of, texts];
    queueMicrotask(() => void this.learn(of).catch(() => {}));
    return [this.#current, this.#tables[this.#current] ?? {}];
  }
}

export const language = new Language();
