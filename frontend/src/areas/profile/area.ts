import { m } from '$lib/i18n';
import type { Area } from '$lib/area';

export default {
  name: 'profile',
  icon: 'profile',
  key: 'm',
  title: m.profile_title,
  page: () => import('./Page.svelte'),
} satisfies Area;
