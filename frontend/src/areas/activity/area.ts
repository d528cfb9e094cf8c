import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

export default {
  name: 'activity',
  icon: 'activity',
  key: 'a',
  title: m.activity_title,
  words: m.shell_find_words_journal,
  page: () => import('./Page.svelte'),
  acts: [
    { id: 'activity.save', title: m.activity_save, icon: 'save', at: href('activity') },
    {
      id: 'activity.verify',
      title: m.activity_verify,
      icon: 'shield',
      at: href('activity'),
      words: m.shell_find_words_verify,
    },
    {
      id: 'activity.export',
      title: m.activity_export,
      icon: 'download',
      at: href('activity'),
      words: m.shell_find_words_export,
    },
    {
      id: 'activity.import',
      title: m.activity_import,
      icon: 'upload',
      at: href('activity', ['organization']),
      needs: 'view_journal',
      words: m.shell_find_words_import,
    },
  ],
} satisfies Area;
