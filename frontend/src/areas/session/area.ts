import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

export default {
  name: 'session',
  icon: 'sessions',
  key: 's',
  title: m.session_title,
  words: m.shell_find_words_devices,
  page: () => import('./Page.svelte'),
  acts: [
    {
      id: 'session.security',
      title: m.session_tab_security,
      icon: 'lock',
      at: href('session', ['security']),
      words: m.shell_find_words_security,
    },
    {
      id: 'session.password',
      title: m.session_password_change,
      icon: 'key',
      at: href('session', ['security']),
      words: m.shell_find_words_password,
    },
    {
      id: 'session.codes',
      title: m.session_codes_renew,
      icon: 'refresh',
      at: href('session', ['security']),
      words: m.shell_find_words_codes,
    },
    {
      id: 'session.notices',
      title: m.session_tab_notices,
      icon: 'bell',
      at: href('session', ['notices']),
      words: m.shell_find_words_notices,
    },
    {
      id: 'session.history',
      title: m.session_tab_history,
      icon: 'sessions',
      at: href('session', ['history']),
      words: m.shell_find_words_devices,
    },
    {
      id: 'session.export',
      title: m.session_export,
      icon: 'download',
      at: href('session'),
      words: m.shell_find_words_export,
    },
    {
      id: 'session.end_others',
      title: m.session_end_others,
      icon: 'end',
      at: href('session'),
      words: m.shell_find_words_devices,
    },
  ],
} satisfies Area;
