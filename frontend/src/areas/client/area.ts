import type { Area } from '$lib/area';
import { m } from '$lib/i18n';

export default {
  name: 'client',
  icon: 'clients',
  key: 'c',
  title: m.client_title,
  page: () => import('./Page.svelte'),
  capabilities: ['view_clients'],
} satisfies Area;
