import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

export default {
  name: 'settings',
  icon: 'settings',
  key: 't',
  title: m.settings_title,
  words: m.shell_find_words_settings,
  page: () => import('./Page.svelte'),
  acts: [
    {
      id: 'settings.mail',
      title: m.settings_mail_server,
      icon: 'mail',
      at: href('settings', ['mail']),
      words: m.shell_find_words_mail,
    },
    { id: 'settings.region', title: m.settings_region, icon: 'language', at: href('settings', [], { row: 'region' }) },
    {
      id: 'settings.zoom',
      title: m.settings_zoom,
      icon: 'search',
      at: href('settings', [], { row: 'zoom' }),
      words: m.shell_zoom_words,
    },
    { id: 'settings.about', title: m.settings_about, icon: 'info', at: href('settings', [], { row: 'about' }) },
    {
      id: 'settings.infomaniak',
      title: m.mirror_connection,
      icon: 'link',
      at: href('settings', ['infomaniak']),
      words: m.shell_find_words_infomaniak,
    },
    {
      id: 'settings.workspace',
      title: m.settings_keepers,
      icon: 'key',
      at: href('settings', ['workspace']),
      needs: 'keep_workspace',
    },
    {
      id: 'settings.safety',
      title: m.settings_safety_copies,
      icon: 'save',
      at: href('settings', ['safety']),
      needs: 'keep_workspace',
    },
    { id: 'settings.licences', title: m.settings_licences, icon: 'file', at: href('settings') },
  ],
} satisfies Area;
