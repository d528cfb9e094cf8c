/** What can be done in the frame itself: palette and menus show the same. */
import type { Command } from '$lib/commands.svelte';
import { LANGUAGE_NAMES, LOCALES, m } from '$lib/i18n';
import { doorLabel, everyDoor, openDoor } from '$lib/link/pages';
import { me } from '$lib/me.svelte';
import { settings, THEMES } from '$lib/settings.svelte';
import { themeWord } from '$lib/shell/theme';
import { toasts } from '$lib/toasts.svelte';

/** What a language is called in all of them: "Deutsch German tedesco alemán allemand". */
const names = (code: string) =>
  LOCALES.map((locale) => new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? '').join(' ');

export const languageActs = (): Command[] =>
  LOCALES.map((locale) => ({
    id: `shell.language.${locale}`,
    title: (_, options) => m.shell_find_say_language({ name: LANGUAGE_NAMES[locale] }, options),
    icon: 'language',
    group: m.settings_title,
    words: () => names(locale),
    run: () => (settings.chosenLanguage = locale),
  }));

export const themeActs = (): Command[] =>
  THEMES.map((theme) => ({
    id: `shell.theme.${theme}`,
    title: (_, options) => m.shell_find_say_theme({ name: themeWord(theme, options) }, options),
    icon: 'theme',
    group: m.settings_title,
    words: m.shell_find_words_theme,
    run: () => (settings.theme = theme),
  }));

export const organizationActs = (): Command[] =>
  (me.current?.organizations ?? [])
    .filter((one) => one.id !== me.organization?.id)
    .map((one) => ({
      id: `shell.organization.${one.id}`,
      title: (_, options) => m.shell_find_switch_to({ name: one.name }, options),
      icon: 'switcher',
      group: m.shell_organizations,
      words: m.shell_find_words_switch,
      run: () => void toasts.told(() => me.switchTo(one.id)),
    }));

/** The way out: of the account, or of the sample, which has none to sign out of. */
export const outAct = (): Command =>
  me.system?.sample
    ? {
        id: 'shell.sample_leave',
        title: m.shell_sample_leave,
        icon: 'leave',
        words: m.shell_find_words_sign_out,
        run: () => void toasts.told(() => me.leaveSample(false)),
      }
    : {
        id: 'shell.sign_out',
        title: m.shell_sign_out,
        icon: 'leave',
        words: m.shell_find_words_sign_out,
        run: () => void toasts.told(() => me.signOut()),
      };

/** Hides the window until the person signs in again. The sample has nobody to hide it from. */
export const lockActs = (): Command[] =>
  me.system?.sample
    ? []
    : [
        {
          id: 'shell.lock',
          title: m.shell_lock,
          icon: 'lock',
          words: m.shell_find_words_lock,
          run: () => void me.lock(),
        },
      ];

/** Every page of Infomaniak that Kontor knows, its guides and its help. */
const doorActs = (): Command[] =>
  everyDoor.map((door) => ({
    id: `link.${door.page}`,
    title: () => doorLabel(door),
    icon: 'external',
    run: () => void openDoor(door),
  }));

export const frameActs = (): Command[] => [
  ...doorActs(),
  ...languageActs(),
  ...themeActs(),
  ...organizationActs(),
  ...lockActs(),
  outAct(),
  {
    id: 'shell.sidebar',
    title: (_, options) => (settings.sidebarCollapsed ? m.shell_expand({}, options) : m.shell_collapse({}, options)),
    icon: 'collapse',
    run: () => (settings.sidebarCollapsed = !settings.sidebarCollapsed),
  },
  {
    id: 'shell.zoom_in',
    title: m.shell_zoom_in,
    icon: 'plus',
    keys: 'mod+plus',
    words: m.shell_zoom_words,
    run: () => settings.zoomBy(1),
  },
  {
    id: 'shell.zoom_out',
    title: m.shell_zoom_out,
    icon: 'minus',
    keys: 'mod+minus',
    words: m.shell_zoom_words,
    run: () => settings.zoomBy(-1),
  },
  {
    id: 'shell.zoom_reset',
    title: m.shell_zoom_reset,
    icon: 'search',
    keys: 'mod+0',
    words: m.shell_zoom_words,
    run: () => (settings.zoom = 100),
  },
];
