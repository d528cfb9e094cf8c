import type { Area } from '$lib/area';
import { m } from '$lib/i18n';

export default {
  name: 'branding',
  icon: 'branding',
  key: 'b',
  title: m.branding_title,
  page: () => import('./Page.svelte'),
  capabilities: ['edit_organization'],
} satisfies Area;
