import type { Area } from '$lib/area';
import { m } from '$lib/i18n';

export default {
  name: 'sale',
  within: 'partner',
  icon: 'file',
  key: 'k',
  title: m.sale_title,
  page: () => import('./Page.svelte'),
  capabilities: ['accounting'],
} satisfies Area;
