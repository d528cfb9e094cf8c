/**
 * What the window remembers for the person: theme, language, the sidebar. Go keeps them, for the account and for the
 * next start; a copy of the theme lies in the web view's storage, because public/theme.js needs it before the first
 * paint.
 */
import { prefer, preferences, zoomWindow } from './backend/settings';
import { forms } from './format/forms.svelte';
import { isLocale, language, type Locale } from './i18n';
import { toasts } from './toasts.svelte';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];
/** The regions whose figures can be chosen. */
export const REGIONS = ['CH', 'IT', 'DE', 'AT', 'FR', 'ES', 'GB', 'US'] as const;
export type Region = (typeof REGIONS)[number];

/** Sizes of the window's contents in per cent, as internal/host/settings has them. */
export const ZOOMS = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300] as const;

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
  /** Grows whenever the person chooses anew when the window locks itself. */
  lockChanged = $state(0);
  #theme = $state<Theme>(rememberedTheme());
  #language = $state<Locale | 'system'>('system');
  #region = $state<Region | 'system'>('system');
  #collapsed = $state(false);
  #zoom = $state(100);
  /** What the system's theme came to, as Go knows it; undefined until Go has answered. */
  #told: string | undefined;

  constructor() {
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
    this.#take(kept);
    this.#collapsed = kept.sidebar === 'collapsed';
    this.#told = kept.painted;
    if (Number(kept.zoom) !== this.#zoom) this.#enlarge(Number(kept.zoom));
    this.#paint();
  }

  /** Takes over the language and the region that Go decided on. */
  speakAs({ speaks, writes }: { speaks: string; writes: string }): void {
    if (isLocale(speaks)) language.current = speaks;
    forms.region = writes.split('-')[1] ?? '';
  }

  #take(kept: { language: string; region: string; speaks: string; writes: string }): void {
    this.#language = isLocale(kept.language) ? kept.language : 'system';
    this.#region = REGIONS.find((one) => one === kept.region) ?? 'system';
    this.speakAs(kept);
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
    if (chosen !== 'system') language.current = chosen; // at once; what else follows from it, Go says
    this.#keep('language', chosen);
  }

  /** The region whose figures were chosen, or "system". */
  get region(): Region | 'system' {
    return this.#region;
  }

  set region(chosen: Region | 'system') {
    this.#region = chosen;
    if (chosen !== 'system') forms.region = chosen;
    this.#keep('region', chosen);
  }

  get sidebarCollapsed(): boolean {
    return this.#collapsed;
  }

  set sidebarCollapsed(collapsed: boolean) {
    this.#collapsed = collapsed;
    this.#keep('sidebar', collapsed ? 'collapsed' : 'open');
  }

  /** How large the window's contents are, in per cent. */
  get zoom(): number {
    return this.#zoom;
  }

  set zoom(percent: number) {
    this.#enlarge(percent);
    this.#keep('zoom', String(percent));
  }

  /** One step larger (1) or smaller (−1). */
  zoomBy(step: 1 | -1): void {
    const next = ZOOMS[ZOOMS.findIndex((one) => one === this.#zoom) + step];
    if (next) this.zoom = next;
  }

  #enlarge(percent: number): void {
    this.#zoom = percent;
    zoomWindow(percent)
      .then((done) => (document.documentElement.style.zoom = done || percent === 100 ? '' : `${percent}%`))
      .catch((fault) => toasts.failed(fault));
  }

  #keep(name: 'language' | 'region' | 'theme' | 'sidebar' | 'zoom', value: string): void {
    prefer(name, value)
      .then((kept) => kept && (name === 'language' || name === 'region') && this.#take(kept))
      .catch((fault) => toasts.failed(fault));
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
