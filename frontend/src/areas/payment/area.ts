import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

const renewals = href('payment', ['renewals']);
const prepaid = href('payment', ['prepaid']);

export default {
  name: 'payment',
  icon: 'payments',
  key: 'y',
  title: m.payment_title,
  page: () => import('./Page.svelte'),
  capabilities: ['accounting'],
  atHome: () => import('./AtHome.svelte'),
  acts: [
    {
      id: 'payment.add',
      title: m.payment_add,
      icon: 'plus',
      keys: 'n',
      at: href('payment'),
      words: m.shell_find_words_card,
    },
    { id: 'payment.ledger', title: m.prepaid_title, icon: 'wallet', at: prepaid, words: m.shell_find_words_ledger },
    {
      id: 'payment.renewals',
      title: m.payment_renewals,
      icon: 'calendar',
      at: renewals,
      words: m.shell_find_words_renewals,
    },
    {
      id: 'payment.renewal',
      title: m.payment_renewals_add,
      icon: 'plus',
      keys: 'n',
      at: renewals,
      words: m.shell_find_words_renewals,
    },
    {
      id: 'payment.import',
      title: m.payment_import,
      icon: 'upload',
      at: renewals,
      words: () => `${m.shell_find_words_import()} ${m.shell_find_words_renewals()}`,
    },
    {
      id: 'payment.calendar',
      title: m.payment_calendar,
      icon: 'download',
      at: renewals,
      words: m.shell_find_words_export,
    },
    {
      id: 'prepaid.credit',
      title: m.prepaid_credit,
      icon: 'plus',
      keys: 'n',
      at: prepaid,
      words: m.shell_find_words_credit,
    },
    {
      id: 'prepaid.arrive',
      title: m.prepaid_money_arrived,
      icon: 'bank',
      at: prepaid,
      words: m.shell_find_words_arrived,
    },
    { id: 'prepaid.order', title: m.prepaid_new_order, icon: 'receipt', at: prepaid, words: m.shell_find_words_order },
    { id: 'prepaid.payout', title: m.prepaid_payout, icon: 'send', at: prepaid, words: m.shell_find_words_payout },
    {
      id: 'prepaid.statement',
      title: m.prepaid_statement,
      icon: 'download',
      at: prepaid,
      words: () => `${m.shell_find_words_ledger()} ${m.shell_find_words_export()}`,
    },
  ],
} satisfies Area;
