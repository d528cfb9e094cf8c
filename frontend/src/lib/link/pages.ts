/**
 * Which of Infomaniak's pages belongs to which of ours: the one table. PageHead shows them on every page, so that
 * whoever reads a page here is one click from the place where Infomaniak decides about the same thing.
 */
import { openLink } from '$lib/backend';
import { m } from '$lib/i18n';
import type { Area } from '$lib/area';
import type { Route } from '$lib/router.svelte';
import { toasts } from '$lib/toasts.svelte';

/** The pages that internal/host/link knows. */
export type LinkId = keyof typeof PAGES;

/** What each of them is called there. */
const PAGES = {
  home: m.link_page_home,
  home_of: m.link_page_home_of,
  profile: m.link_page_profile,
  delete_account: m.link_page_delete_account,
  password: m.link_page_password,
  recover_password: m.link_page_recover_password,
  connections: m.link_page_connections,
  app_passwords: m.link_page_app_passwords,
  security: m.link_page_security,
  tokens: m.link_page_tokens,
  applications: m.link_page_applications,
  members: m.link_page_members,
  handovers: m.link_page_handovers,
  payment_methods: m.link_page_payment_methods,
  invoices: m.link_page_invoices,
  renewals: m.link_page_renewals,
  domains: m.link_page_domains,
  domain: m.link_page_domain,
  help: m.link_page_help,
  guide: m.link_page_guide,
  partner_guides: m.link_page_partner_guides,
  domain_guides: m.link_page_domain_guides,
};

/** Those that are no pages of the Manager. */
const BESIDE: LinkId[] = ['recover_password', 'help', 'guide', 'partner_guides', 'domain_guides'];

/** A way out of one of our pages. */
export interface Door {
  page: LinkId;
  /** Its parameters; a number that is left out is the one that the person told once. */
  params?: Record<string, string>;
  /** What is looked for, where the page that opens is not yet its place. */
  name?: () => string;
  /** How one gets from the page that opens to that place: its address is not published. */
  way?: () => string;
}

/** What a page of Infomaniak is called. */
export const pageName = (page: LinkId): string => PAGES[page]();

/** What a door says where it stands alone. */
export function doorLabel(door: Door): string {
  const page = (door.name ?? PAGES[door.page])();
  return BESIDE.includes(door.page) ? m.link_of_infomaniak({ page }) : m.link_in_manager({ page });
}

/** A door to each page that one can look for by its name; those for one record or one guide stand beside it. */
export const everyDoor: Door[] = (Object.keys(PAGES) as LinkId[])
  .filter((page) => !['home_of', 'domain', 'guide', 'recover_password'].includes(page))
  .map((page) => ({ page }));

/** Opens the page in the person's browser, and says the way where it is not the place itself. */
export async function openDoor(door: Door): Promise<void> {
  const opened = await toasts.told(() => openLink(door.page, door.params));
  if (opened && door.way) toasts.done(m.link_opened({ way: door.way() }));
}

/** By the first part of the path; '' holds for all paths that have no line of their own. */
type Doors = Record<string, Door[]>;

/** One page of the support guides. */
const guide = (number: string): Door => ({ page: 'guide', params: { guide: number } });

const managed: Door = { page: 'home', name: m.link_room_managed, way: m.link_way_managed };

/** Where a logo is set; the page of branding opens it with its own primary button. */
export const customize: Door = { page: 'home', name: m.link_room_customize, way: m.link_way_customize };

/** An area without a door says why. */
export const DOORS: Record<Area['name'], Doors | { none: string }> = {
  home: { '': [{ page: 'home' }, { page: 'help' }] },
  profile: {
    '': [{ page: 'profile' }, { page: 'password' }, { page: 'security' }, { page: 'delete_account' }, guide('220')],
  },
  organization: { '': [{ page: 'members' }, { page: 'handovers' }, { page: 'home_of' }, guide('1440')] },
  payment: {
    '': [{ page: 'payment_methods' }, { page: 'invoices' }, { page: 'renewals' }, guide('2315')],
    renewals: [{ page: 'renewals' }, { page: 'payment_methods' }, guide('2314')],
    prepaid: [{ page: 'payment_methods' }, { page: 'invoices' }, guide('2356')],
  },
  expiry: { '': [{ page: 'renewals' }, { page: 'payment_methods' }, guide('2314')] },
  branding: { none: 'its own primary button leads there: see areas/branding/Page.svelte' },
  session: {
    '': [
      { page: 'connections' },
      { page: 'security' },
      { page: 'password' },
      { page: 'recover_password' },
      { page: 'app_passwords' },
      { page: 'applications' },
      { page: 'tokens' },
      guide('2339'),
    ],
  },
  activity: { '': [{ page: 'connections', name: m.link_room_activity, way: m.link_way_activity }, guide('2339')] },
  partner: { '': [{ page: 'partner_guides' }, guide('2672')] },
  quote: { none: 'a quote is the partner’s own paper: Infomaniak has none' },
  sale: { '': [{ page: 'invoices' }] },
  client: { '': [managed, { page: 'members' }, { page: 'handovers' }, { page: 'partner_guides' }, guide('2668')] },
  transfer: { '': [{ page: 'domains' }, { page: 'domain_guides' }, guide('1814')] },
  mirror: {
    '': [{ page: 'members' }, { page: 'home_of' }],
    products: [{ page: 'renewals' }, { page: 'home' }],
    dns: [{ page: 'domains' }, { page: 'domain_guides' }],
  },
  settings: { '': [{ page: 'help' }], infomaniak: [{ page: 'tokens' }, { page: 'help' }] },
};

/** The doors of a page of ours, the nearest first. */
export function doorsOf(route: Route): Door[] {
  const doors = DOORS[route.area as Area['name']] as Doors | { none: string } | undefined;
  if (!doors || 'none' in doors) return [];
  return (doors as Doors)[route.path[0] ?? ''] ?? (doors as Doors)[''] ?? [];
}
