import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

export default {
  name: 'client',
  icon: 'clients',
  key: 'c',
  title: m.client_title,
  words: m.shell_find_words_client,
  page: () => import('./Page.svelte'),
  capabilities: ['view_clients'],
  acts: [
    {
      id: 'client.add',
      title: m.client_add,
      icon: 'plus',
      at: href('client'),
      needs: 'add_client',
      words: m.shell_find_words_client,
    },
    {
      id: 'client.import',
      title: m.client_import,
      icon: 'upload',
      at: href('client'),
      needs: 'add_client',
      words: m.shell_find_words_import,
    },
    {
      id: 'client.signed',
      title: m.client_letter_open,
      icon: 'upload',
      at: href('client'),
      needs: 'manage_clients',
      words: m.shell_find_words_signed,
    },
    {
      id: 'client.doubles',
      title: m.client_doubles,
      icon: 'clients',
      at: href('client'),
      needs: 'manage_clients',
      words: m.shell_find_words_client,
    },
    {
      id: 'client.export',
      title: m.client_export,
      icon: 'download',
      at: href('client'),
      needs: 'manage_clients',
      words: m.shell_find_words_export,
    },
  ],
} satisfies Area;
