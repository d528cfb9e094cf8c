import { m } from '$lib/i18n';
import type { Area } from '$lib/area';

export default {
  name: 'session',
  icon: 'sessions',
  key: 's',
  title: m.session_title,
  page: () => import('./Page.svelte'),
} satisfies Area;
