import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href, router } from '$lib/router.svelte';

export default {
  name: 'transfer',
  icon: 'domains',
  key: 'd',
  title: m.transfer_title,
  capabilities: ['manage_domains'],
  page: () => import('./Page.svelte'),
  commands: () => [
    {
      id: 'transfer.diagnose',
      title: m.transfer_diagnose,
      icon: 'mail',
      group: m.transfer_title,
      run: () => router.go(href('transfer', [], { do: 'diagnose' })),
    },
    {
      id: 'transfer.bulk',
      title: m.transfer_bulk,
      icon: 'upload',
      group: m.transfer_title,
      run: () => router.go(href('transfer', [], { do: 'bulk' })),
    },
  ],
} satisfies Area;
