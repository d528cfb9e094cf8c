import { m } from '$lib/i18n';
import type { Theme } from '$lib/settings.svelte';

const WORDS: Record<Theme, () => string> = {
  system: () => m.shell_theme_system(),
  light: () => m.shell_theme_light(),
  dark: () => m.shell_theme_dark(),
  contrast: () => m.shell_theme_contrast(),
};

/** A theme by its name in the current language. */
export const themeWord = (theme: Theme) => WORDS[theme]();
