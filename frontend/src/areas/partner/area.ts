import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

const simulator = href('partner', ['simulator']);
const terms = href('partner', ['terms']);
const steps = href('partner', ['steps']);

export default {
  name: 'partner',
  icon: 'partner',
  key: 'r',
  rooms: [
    { path: 'terms', title: m.partner_terms_room },
    { path: 'steps', title: m.partner_steps_room },
  ],
  title: m.partner_title,
  room: m.partner_simulator,
  page: () => import('./Page.svelte'),
  capabilities: ['use_simulator'],
  acts: [
    {
      id: 'partner.simulator',
      title: m.partner_simulator,
      icon: 'partner',
      at: simulator,
      words: m.shell_find_words_simulator,
    },
    {
      id: 'partner.terms_room',
      title: m.partner_terms_room,
      icon: 'partner',
      at: terms,
      words: m.shell_find_words_prices,
    },
    { id: 'partner.copy', title: m.partner_copy, icon: 'copy', at: simulator },
    {
      id: 'partner.quote',
      title: m.partner_make_quote,
      icon: 'file',
      at: simulator,
      needs: 'write_quotes',
      words: m.shell_find_words_quote,
    },
    {
      id: 'partner.export',
      title: m.partner_export,
      icon: 'download',
      at: simulator,
      words: m.shell_find_words_export,
    },
    {
      id: 'partner.prices',
      title: m.partner_edit_prices,
      icon: 'pencil',
      at: simulator,
      needs: 'edit_prices',
      words: m.shell_find_words_prices,
    },
    {
      id: 'partner.import',
      title: m.partner_import,
      icon: 'upload',
      at: simulator,
      needs: 'edit_prices',
      words: () => `${m.shell_find_words_import()} ${m.shell_find_words_prices()}`,
    },
    { id: 'partner.steps', title: m.partner_edit_steps, icon: 'pencil', at: simulator, needs: 'edit_prices' },
    {
      id: 'partner.steps_room',
      title: m.partner_steps_room,
      icon: 'partner',
      at: steps,
      words: m.shell_find_words_prices,
    },
    { id: 'partner.steps_add', title: m.partner_steps_add, icon: 'plus', at: steps, needs: 'edit_prices' },
    {
      id: 'partner.terms',
      title: m.partner_edit_terms,
      icon: 'pencil',
      at: simulator,
      needs: 'edit_prices',
      words: m.shell_find_words_terms,
    },
    { id: 'partner.programme', title: m.partner_programme_edit, icon: 'pencil', at: terms, needs: 'edit_prices' },
    { id: 'partner.vat', title: m.partner_vat_edit, icon: 'pencil', at: terms, needs: 'edit_prices' },
  ],
} satisfies Area;
