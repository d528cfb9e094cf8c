import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

export default {
  name: 'quote',
  within: 'partner',
  icon: 'file',
  key: 'q',
  title: m.quote_title,
  words: m.shell_find_words_quote,
  page: () => import('./Page.svelte'),
  capabilities: ['write_quotes'],
  acts: [
    { id: 'quote.new', title: m.quote_new, icon: 'file', at: href('quote', ['new']), words: m.shell_find_words_quote },
  ],
} satisfies Area;
