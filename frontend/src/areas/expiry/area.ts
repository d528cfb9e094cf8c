import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

export default {
  name: 'expiry',
  icon: 'calendar',
  key: 'e',
  title: m.expiry_nav,
  words: m.shell_find_words_expiry,
  page: () => import('./Page.svelte'),
  acts: [
    {
      id: 'expiry.add',
      title: m.expiry_add,
      icon: 'plus',
      keys: 'n',
      at: href('expiry'),
      words: m.shell_find_words_expiry,
    },
    {
      id: 'expiry.calendar',
      title: m.expiry_calendar,
      icon: 'calendar',
      at: href('expiry'),
      words: m.shell_find_words_export,
    },
    {
      id: 'expiry.export',
      title: m.expiry_export_csv,
      icon: 'download',
      at: href('expiry'),
      words: m.shell_find_words_export,
    },
    { id: 'expiry.notices', title: m.expiry_notices_title, icon: 'bell', at: href('expiry') },
  ],
} satisfies Area;
