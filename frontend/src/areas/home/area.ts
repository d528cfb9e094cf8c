import type { Area } from '$lib/area';
import { m } from '$lib/i18n';

export default {
  name: 'home',
  icon: 'home',
  key: 'h',
  title: m.home_title,
  page: () => import('./Page.svelte'),
} satisfies Area;
