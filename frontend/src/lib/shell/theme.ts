import { m, type Locale } from '$lib/i18n';
import type { Theme } from '$lib/settings.svelte';

const WORDS: Record<Theme, (inputs?: Record<string, never>, options?: { locale?: Locale }) => string> = {
  system: m.shell_theme_system,
  light: m.shell_theme_light,
  dark: m.shell_theme_dark,
  contrast: m.shell_theme_contrast,
};

/** A theme by its name in the language of the window, or another. */
export const themeWord = (theme: Theme, options?: { locale?: Locale }) => WORDS[theme]({}, options);
