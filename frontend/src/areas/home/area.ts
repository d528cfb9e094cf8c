import type { Area } from '$lib/area';
import { m } from '$lib/i18n';

export default {
  name: 'home',
  icon: 'home',
  key: 'h',
  title: m.home_title,
  words: m.shell_find_words_home,
  page: () => import('./Page.svelte'),
} satisfies Area;
