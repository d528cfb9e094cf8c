/**
 * What the window remembers for the person: theme, language, the sidebar. Kept in the web view's own storage; the
 * theme stays there in any case, because public/theme.js needs it before the first paint.
 */
import { isLocale, language, systemLocale, type Locale } from './i18n';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];
type Painted = Exclude<Theme, 'system'>;

function read(key: string): string | null {
  try {
    return localStorage.getItem(`kontor.${key}`);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(`kontor.${key}`, value);
  } catch {
    // remembered for this run only
  }
}

const asks = (query: string) => typeof matchMedia === 'function' && matchMedia(query).matches;

export function paintedTheme(theme: Theme): Painted {
  if (theme !== 'system') return theme;
  if (asks('(prefers-contrast: more)')) return 'contrast';
  return asks('(prefers-color-scheme: dark)') ? 'dark' : 'light';
}

class Settings {
  #theme = $state<Theme>('system');
  #collapsed = $state(false);

  constructor() {
    const theme = read('theme');
    if (THEMES.includes(theme as Theme)) this.#theme = theme as Theme;
    this.#collapsed = read('sidebar') === 'collapsed';
    const locale = read('language');
    language.current = isLocale(locale) ? locale : systemLocale();
    this.#paint();
    if (typeof matchMedia === 'function') {
      for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'])
        matchMedia(query).addEventListener('change', () => this.#paint());
    }
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    write('theme', theme);
    this.#paint();
  }

  get language(): Locale {
    return language.current;
  }

  set language(locale: Locale) {
    language.current = locale;
    write('language', locale);
  }

  /** The account's language, where the person has not chosen one on this computer. */
  adopt(locale: string): void {
    if (read('language') === null && isLocale(locale)) language.current = locale;
  }

  get sidebarCollapsed(): boolean {
    return this.#collapsed;
  }

  set sidebarCollapsed(collapsed: boolean) {
    this.#collapsed = collapsed;
    write('sidebar', collapsed ? 'collapsed' : 'open');
  }

  #paint(): void {
    document.documentElement.dataset.theme = paintedTheme(this.#theme);
  }
}

export const settings = new Settings();
