import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

export default {
  name: 'profile',
  icon: 'profile',
  key: 'm',
  title: m.profile_title,
  page: () => import('./Page.svelte'),
  acts: [
    {
      id: 'profile.picture',
      title: m.profile_picture_change,
      icon: 'camera',
      at: href('profile'),
      words: m.shell_find_words_photo,
    },
    { id: 'profile.name', title: m.profile_name_edit, icon: 'pencil', at: href('profile') },
    {
      id: 'profile.personal',
      title: m.profile_personal,
      icon: 'pencil',
      at: href('profile'),
      words: m.shell_find_words_personal,
    },
    {
      id: 'profile.email',
      title: m.profile_email_change,
      icon: 'mail',
      at: href('profile'),
      words: m.shell_find_words_email,
    },
    {
      id: 'profile.delete',
      title: m.profile_delete,
      icon: 'bin',
      at: href('profile'),
      words: m.shell_find_words_delete,
    },
  ],
} satisfies Area;
