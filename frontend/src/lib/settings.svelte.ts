/**
 * What the window remembers for the person: theme, language, the sidebar. Go keeps them, for the account and for the
 * next start; a copy of the theme lies in the web view's storage, because public/theme.js needs it before the first
 * paint.
 */
import { prefer, preferences } from './backend/settings';
import { isLocale, language, systemLocale, type Locale } from './i18n';
import { toasts } from './toasts.svelte';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];
type Painted = Exclude<Theme, 'system'>;

/** Shared with public/theme.js. */
const THEME_KEY = 'kontor.theme';

const isTheme = (text: string | null): text is Theme => THEMES.includes(text as Theme);
const asks = (query: string) => typeof matchMedia === 'function' && matchMedia(query).matches;

export function paintedTheme(theme: Theme): Painted {
  if (theme !== 'system') return theme;
  if (asks('(prefers-contrast: more)')) return 'contrast';
  return asks('(prefers-color-scheme: dark)') ? 'dark' : 'light';
}

function rememberedTheme(): Theme {
  try {
    const theme = localStorage.getItem(THEME_KEY);
    return isTheme(theme) ? theme : 'system';
  } catch {
    return 'system'; // no storage: Go will say
  }
}

class Settings {
  #theme = $state<Theme>(rememberedTheme());
  #language = $state<Locale | 'system'>('system');
  #collapsed = $state(false);
  /** What the system's theme came to, as Go knows it; undefined until Go has answered. */
  #told: string | undefined;

  constructor() {
    language.current = systemLocale();
    this.#paint();
    if (typeof matchMedia === 'function') {
      for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)'])
        matchMedia(query).addEventListener('change', () => this.#paint());
    }
  }

  /** Takes over what Go remembers; called when a workspace is open and whenever somebody else is signed in. */
  async load(): Promise<void> {
    const kept = await preferences();
    if (isTheme(kept.theme)) this.#theme = kept.theme;
    this.#language = isLocale(kept.language) ? kept.language : 'system';
    this.#collapsed = kept.sidebar === 'collapsed';
    this.#told = kept.painted;
    this.#paint();
    this.#speak();
  }

  get theme(): Theme {
    return this.#theme;
  }

  set theme(theme: Theme) {
    this.#theme = theme;
    this.#paint();
    this.#keep('theme', theme);
  }

  /** The language that is spoken now. */
  get language(): Locale {
    return language.current;
  }

  /** The language that was chosen, or "system". */
  get chosenLanguage(): Locale | 'system' {
    return this.#language;
  }

  set chosenLanguage(chosen: Locale | 'system') {
    this.#language = chosen;
    this.#speak();
    this.#keep('language', chosen);
  }

  get sidebarCollapsed(): boolean {
    return this.#collapsed;
  }

  set sidebarCollapsed(collapsed: boolean) {
    this.#collapsed = collapsed;
    this.#keep('sidebar', collapsed ? 'collapsed' : 'open');
  }

  #keep(name: 'language' | 'theme' | 'sidebar', value: string): void {
    prefer(name, value).catch((fault) => toasts.failed(fault));
  }

  #speak(): void {
    language.current = this.#language === 'system' ? systemLocale() : this.#language;
  }

  #paint(): void {
    const painted = paintedTheme(this.#theme);
    document.documentElement.dataset.theme = painted;
    if (this.#theme === 'system' && this.#told !== undefined && this.#told !== painted) {
      this.#told = painted;
      prefer('painted', painted).catch(() => {}); // the next window may open in the other colour for a moment
    }
    try {
      localStorage.setItem(THEME_KEY, this.#theme);
    } catch {
      // the next start paints as the system does until Go has answered
    }
  }
}

export const settings = new Settings();
