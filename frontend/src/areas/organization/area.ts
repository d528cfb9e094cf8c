import { m } from '$lib/i18n';
import { href, router } from '$lib/router.svelte';
import type { Area } from '$lib/area';

export default {
  name: 'organization',
  icon: 'organization',
  key: 'o',
  title: m.organization_title,
  page: () => import('./Page.svelte'),
  commands: () => [
    {
      id: 'organization.create',
      title: m.organization_create,
      icon: 'plus',
      group: m.organization_title,
      run: () => router.go(href('organization', ['create'])),
    },
  ],
} satisfies Area;
