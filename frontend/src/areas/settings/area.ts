import { ORDER, type Area } from '$lib/area';
import { m } from '$lib/i18n';

export default {
  name: 'settings',
  icon: 'settings',
  order: ORDER.settings,
  key: 't',
  title: m.settings_title,
  page: () => import('./Page.svelte'),
} satisfies Area;
