import type { Area } from '$lib/area';
import { m } from '$lib/i18n';

export default {
  name: 'settings',
  icon: 'settings',
  key: 't',
  title: m.settings_title,
  page: () => import('./Page.svelte'),
} satisfies Area;
