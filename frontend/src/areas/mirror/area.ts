import type { Area } from '$lib/area';
import { m } from '$lib/i18n';
import { href } from '$lib/router.svelte';

export default {
  name: 'mirror',
  icon: 'cloud',
  key: 'i',
  within: 'settings',
  title: m.mirror_title,
  room: m.mirror_access,
  rooms: [
    { path: 'products', title: m.mirror_products },
    { path: 'dns', title: m.mirror_dns },
  ],
  words: m.shell_find_words_infomaniak,
  page: () => import('./Page.svelte'),
  parts: {
    settings: () => import('./connect/Connection.svelte'),
    profile: () => import('./mine/Mine.svelte'),
    session: () => import('./mine/Security.svelte'),
    members: () => import('./Lead.svelte'),
    organization: () => import('./Differences.svelte'),
    activity: () => import('./Events.svelte'),
    clients: () => import('./Suggested.svelte'),
    transfers: () => import('./Domains.svelte'),
  },
  acts: [
    { id: 'mirror.access', title: m.mirror_access, icon: 'clients', at: href('mirror') },
    { id: 'mirror.products', title: m.mirror_products, icon: 'list', at: href('mirror', ['products']) },
    { id: 'mirror.dns', title: m.mirror_dns, icon: 'network', at: href('mirror', ['dns']) },
  ],
} satisfies Area;
