import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

export default {
  name: 'organization',
  icon: 'organization',
  key: 'o',
  title: m.organization_title,
  page: () => import('./Page.svelte'),
  acts: [
    {
      id: 'organization.details',
      title: m.organization_details,
      icon: 'organization',
      at: href('organization'),
      needs: 'view_organization',
      words: m.shell_find_words_details,
    },
    {
      id: 'organization.members',
      title: m.organization_members,
      icon: 'clients',
      at: href('organization', ['members']),
      needs: 'view_organization',
      words: m.shell_find_words_members,
    },
    {
      id: 'organization.letterhead',
      title: m.organization_paper,
      icon: 'file',
      at: href('organization', ['letterhead']),
      needs: 'view_organization',
      words: m.shell_find_words_letterhead,
    },
    {
      id: 'organization.invite',
      title: m.organization_invite,
      icon: 'plus',
      at: href('organization', ['members']),
      needs: 'manage_members',
      words: m.shell_find_words_invite,
    },
    {
      id: 'organization.sso',
      title: m.organization_sso,
      icon: 'key',
      at: href('organization', ['sso']),
      needs: 'edit_organization',
      words: m.shell_find_words_sso,
    },
    {
      id: 'organization.create',
      title: m.organization_create,
      icon: 'plus',
      at: href('organization', ['create']),
      words: m.shell_find_words_create,
    },
    {
      id: 'organization.leave',
      title: m.organization_leave,
      icon: 'leave',
      at: href('organization'),
      needs: 'view_organization',
      words: m.shell_find_words_leave,
    },
    {
      id: 'organization.delete',
      title: m.organization_delete,
      icon: 'bin',
      at: href('organization'),
      needs: 'delete_organization',
      words: m.shell_find_words_delete,
    },
  ],
} satisfies Area;
