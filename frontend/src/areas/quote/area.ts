import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href, router } from '$lib/router.svelte';

export default {
  name: 'quote',
  within: 'partner',
  icon: 'file',
  key: 'q',
  title: m.quote_title,
  page: () => import('./Page.svelte'),
  capabilities: ['write_quotes'],
  commands: () => [
    {
      id: 'quote.new',
      title: m.quote_new,
      icon: 'file',
      group: m.quote_title,
      run: () => router.go(href('quote', ['new'])),
    },
  ],
} satisfies Area;
