/** How ends are called and drawn. */
import { tag } from '$lib/format';
import { m } from '$lib/i18n';
import type { IconName } from '$lib/ui/icons';
import type { Entry } from './api';

const ICONS: Record<string, IconName> = {
  domain: 'domains',
  product: 'tag',
  card: 'payments',
  invitation: 'send',
  token: 'key',
  certificate: 'shield',
};

/** Of products, by the services' own words. */
const SERVICES: Record<string, IconName> = {
  email_hosting: 'mail',
  mail: 'mail',
  web_hosting: 'drive',
  hosting: 'drive',
  drive: 'drive',
  swiss_backup: 'cloud',
  public_cloud: 'cloud',
  mailing: 'send',
  dedicated_server: 'network',
};

export const icon = (entry: Entry): IconName => SERVICES[entry.service] ?? ICONS[entry.kind] ?? 'calendar';

const KINDS: Record<string, () => string> = {
  domain: m.expiry_kind_domain,
  product: m.expiry_kind_product,
  card: m.expiry_kind_card,
  invitation: m.expiry_kind_invitation,
  token: m.expiry_kind_token,
  certificate: m.expiry_kind_certificate,
  other: m.expiry_kind_other,
};

export const kindName = (kind: string): string => KINDS[kind]?.() ?? kind;

/** "Thu 26 Nov", with the year where it is another. */
export function shortDay(day: string, today: string): string {
  const at = new Date(`${day}T00:00:00`);
  return new Intl.DateTimeFormat(tag(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: day.slice(0, 4) === today.slice(0, 4) ? undefined : 'numeric',
  }).format(at);
}

/** "in 10 days", "2 days ago", "today". */
export const distance = (days: number): string =>
  new Intl.RelativeTimeFormat(tag(), { numeric: 'auto' }).format(days, 'day');

/** Within a week it presses, within a month it wants a look. */
export const urgency = (days: number): string => (days < 7 ? 'is-danger strong' : days <= 30 ? 'is-warning' : 'muted');

/** What the cover check says, with the means that it is about. */
const STATUS: Record<string, (inputs: { means: string }) => string> = {
  overdue: m.expiry_status_overdue,
  card_expired: m.expiry_status_card_expired,
  not_offered: m.expiry_status_not_offered,
  short: m.expiry_status_short,
  by_transfer: m.expiry_status_by_transfer,
  too_late: m.expiry_status_too_late,
  hoped: m.expiry_status_hoped,
  by_hand: m.expiry_status_by_hand,
  covered: ({ means }) => means,
};

/** Who pays, in words, and how it is drawn. */
export function pays(entry: Entry): { tone: '' | 'danger' | 'success' | 'outline'; icon?: IconName; text: string } {
  if (entry.kind === 'card')
    return { tone: '', text: entry.paying > 0 ? m.expiry_card_pays({ n: entry.paying }) : '–' };
  if (entry.pays === 'nothing') return { tone: '', text: '–' };
  if (entry.pays === 'client') return { tone: '', text: m.expiry_pays_client() };
  const said = STATUS[entry.status]?.({ means: entry.means });
  if (entry.pays === 'unpaid') return { tone: 'danger', icon: 'close', text: said ?? m.expiry_pays_unpaid() };
  if (entry.pays === 'paid') return { tone: 'success', icon: 'check', text: said ?? m.expiry_pays_paid() };
  return { tone: 'outline', text: said ?? m.expiry_pays_unclear() };
}
