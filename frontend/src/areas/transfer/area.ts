import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

export default {
  name: 'transfer',
  icon: 'domains',
  key: 'd',
  title: m.transfer_title,
  words: m.shell_find_words_domain,
  capabilities: ['manage_domains'],
  page: () => import('./Page.svelte'),
  acts: [
    {
      id: 'transfer.add',
      title: m.transfer_add,
      icon: 'plus',
      keys: 'n',
      at: href('transfer'),
      words: m.shell_find_words_domain,
    },
    {
      id: 'transfer.diagnose',
      title: m.transfer_diagnose,
      icon: 'mail',
      at: href('transfer', [], { do: 'diagnose' }),
      words: m.shell_find_words_diagnose,
    },
    {
      id: 'transfer.bulk',
      title: m.transfer_bulk,
      icon: 'upload',
      at: href('transfer', [], { do: 'bulk' }),
      words: m.shell_find_words_import,
    },
  ],
} satisfies Area;
