import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

export default {
  name: 'branding',
  icon: 'branding',
  key: 'b',
  title: m.branding_title,
  words: m.shell_find_words_logo,
  page: () => import('./Page.svelte'),
  capabilities: ['edit_organization'],
  acts: [
    {
      id: 'branding.square',
      title: m.branding_customize_square,
      icon: 'pencil',
      at: href('branding'),
      words: m.shell_find_words_logo,
    },
    {
      id: 'branding.rectangular',
      title: m.branding_customize_rectangular,
      icon: 'pencil',
      at: href('branding'),
      words: m.shell_find_words_logo,
    },
    {
      id: 'branding.sheet',
      title: m.branding_sheet,
      icon: 'file',
      at: href('branding'),
      words: m.shell_find_words_logo,
    },
    { id: 'branding.approve', title: m.branding_approve, icon: 'pencil', at: href('branding') },
    { id: 'branding.limits', title: m.branding_limits, icon: 'sliders', at: href('branding') },
  ],
} satisfies Area;
