import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href, router } from '$lib/router.svelte';

export default {
  name: 'payment',
  icon: 'payments',
  key: 'y',
  title: m.payment_title,
  page: () => import('./Page.svelte'),
  capabilities: ['accounting'],
  atHome: () => import('./AtHome.svelte'),
  commands: () => [
    {
      id: 'payment.ledger',
      title: m.prepaid_title,
      icon: 'wallet',
      run: () => router.go(href('payment', ['prepaid'])),
    },
    {
      id: 'payment.renewals',
      title: m.payment_renewals,
      icon: 'calendar',
      run: () => router.go(href('payment', ['renewals'])),
    },
  ],
} satisfies Area;
