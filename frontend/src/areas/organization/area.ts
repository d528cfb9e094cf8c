import { m } from '$lib/i18n';
import type { Area } from '$lib/area';

export default {
  name: 'organization',
  icon: 'organization',
  key: 'o',
  title: m.organization_title,
  capabilities: ['view_organization'],
  page: () => import('./Page.svelte'),
} satisfies Area;
