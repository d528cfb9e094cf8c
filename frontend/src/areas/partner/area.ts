import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href, router } from '$lib/router.svelte';

export default {
  name: 'partner',
  icon: 'partner',
  key: 'r',
  rooms: [{ path: 'terms', title: m.partner_terms_room }],
  title: m.partner_title,
  room: m.partner_simulator,
  page: () => import('./Page.svelte'),
  capabilities: ['use_simulator'],
  commands: () => [
    {
      id: 'partner.simulator',
      title: m.partner_simulator,
      icon: 'partner',
      group: m.partner_title,
      run: () => router.go(href('partner', ['simulator'])),
    },
    {
      id: 'partner.terms_room',
      title: m.partner_terms_room,
      icon: 'partner',
      group: m.partner_title,
      run: () => router.go(href('partner', ['terms'])),
    },
  ],
} satisfies Area;
