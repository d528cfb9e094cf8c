import { m } from '$lib/i18n';
import { ORDER, type Area } from '$lib/area';

export default {
  name: 'session',
  icon: 'sessions',
  order: ORDER.session,
  key: 's',
  title: m.session_title,
  page: () => import('./Page.svelte'),
} satisfies Area;
