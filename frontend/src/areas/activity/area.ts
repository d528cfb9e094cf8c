import type { Area } from '$lib/area';
import { m } from '$lib/i18n';

export default {
  name: 'activity',
  icon: 'activity',
  key: 'a',
  title: m.activity_title,
  page: () => import('./Page.svelte'),
} satisfies Area;
