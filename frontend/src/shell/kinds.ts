/** How the records that a search finds are called and drawn, by their kind. */
import type { Hit } from '$lib/backend/search';
import { date, relative, written } from '$lib/format';
import { m, word } from '$lib/i18n';
import type { IconName } from '$lib/ui/icons';

interface Kind {
  name: () => string;
  icon: IconName;
  /** A square with initials stands for it instead of the icon. */
  face?: boolean;
  title?: (hit: Hit) => string;
  /** Beside the title, muted. */
  detail?: (hit: Hit) => string;
  /** At the right end. */
  end?: (hit: Hit) => string;
  /** It failed. */
  bad?: (hit: Hit) => boolean;
}

const say = (hit: Hit) => written(hit.params);
const joined = (...parts: (string | undefined)[]) => parts.filter(Boolean).join(', ');

const CLIENT: Record<string, () => string> = {
  pending: m.shell_find_client_pending,
  refused: m.shell_find_client_past,
  withdrawn: m.shell_find_client_past,
  ended: m.shell_find_client_past,
};
const QUOTE: Record<string, () => string> = {
  draft: m.shell_find_state_draft,
  sent: m.shell_find_state_sent,
  accepted: m.shell_find_state_accepted,
  declined: m.shell_find_state_declined,
  expired: m.shell_find_state_expired,
};
const ROLE: Record<string, () => string> = {
  legal_representative: m.organization_role_legal_representative,
  administrator: m.organization_role_administrator,
  collaborator: m.organization_role_collaborator,
  external: m.organization_role_external,
};
const role = (hit: Hit) => ROLE[hit.params.role ?? '']?.() ?? '';

export const KINDS: Record<string, Kind> = {
  client: {
    name: m.shell_find_group_client,
    icon: 'clients',
    face: true,
    detail: (hit) => hit.params.place ?? '',
    end: (hit) => CLIENT[hit.params.state ?? '']?.() ?? '',
  },
  quote: {
    name: m.shell_find_group_quote,
    icon: 'file',
    title: (hit) => m.shell_find_quote_title({ number: hit.title }),
    detail: (hit) =>
      m.shell_find_quote_detail({ recipient: hit.params.recipient ?? '', amount: say(hit).amount ?? '' }),
    end: (hit) => QUOTE[hit.params.state ?? '']?.() ?? '',
  },
  sale: {
    name: m.shell_find_group_sale,
    icon: 'file',
    title: (hit) => m.shell_find_order_title({ number: hit.title }),
    detail: (hit) => m.shell_find_sale_detail({ client: hit.params.client ?? '', quote: hit.params.quote ?? '' }),
    end: (hit) => (hit.params.on ? date(hit.params.on) : ''),
  },
  order: {
    name: m.shell_find_group_order,
    icon: 'receipt',
    title: (hit) => m.shell_find_order_title({ number: hit.title }),
    detail: (hit) => joined(hit.params.title, say(hit).amount),
  },
  transfer: {
    name: m.shell_find_group_transfer,
    icon: 'domains',
    detail: (hit) =>
      hit.params.stage === 'failed'
        ? m.shell_find_transfer_failed()
        : hit.params.stage === 'done'
          ? m.shell_find_transfer_done()
          : m.shell_find_transfer_open(),
    end: (hit) => hit.params.holder ?? '',
    bad: (hit) => hit.params.stage === 'failed',
  },
  end: {
    name: m.shell_find_group_end,
    icon: 'calendar',
    detail: (hit) => hit.params.organization ?? '',
    end: (hit) => (hit.params.on ? date(hit.params.on) : ''),
  },
  product: {
    name: m.shell_find_group_product,
    icon: 'list',
    detail: (hit) => joined(hit.params.organization, hit.params.service),
  },
  renewal: {
    name: m.shell_find_group_renewal,
    icon: 'calendar',
    detail: (hit) => say(hit).amount ?? '',
    end: (hit) => (hit.params.on ? date(hit.params.on) : ''),
  },
  profile: {
    name: m.shell_find_group_profile,
    icon: 'payments',
    title: (hit) => hit.params.means || hit.title,
    detail: (hit) => joined(hit.title, hit.params.holder),
  },
  book: {
    name: m.shell_find_group_book,
    icon: 'list',
    title: (hit) => hit.title || m.shell_find_book_untitled(),
    detail: (hit) =>
      m.shell_find_book_detail({ currency: hit.params.currency ?? '', from: date(hit.params.from ?? '') }),
  },
  organization: { name: m.shell_find_group_organization, icon: 'organization', detail: role },
  member: { name: m.shell_find_group_member, icon: 'profile', detail: (hit) => joined(role(hit), hit.params.email) },
  session: {
    name: m.shell_find_group_session,
    icon: 'sessions',
    detail: (hit) => joined(hit.params.system, hit.params.place),
    end: (hit) => (hit.params.ended ? relative(hit.params.ended) : ''),
  },
  entry: {
    name: m.shell_find_group_entry,
    icon: 'activity',
    title: (hit) => word(`act_action_${hit.params.action}`) ?? hit.params.action ?? '',
    detail: (hit) => joined(hit.params.object, hit.params.person),
    end: (hit) => (hit.params.at ? relative(hit.params.at) : ''),
  },
  event: {
    name: m.shell_find_group_event,
    icon: 'drive',
    detail: (hit) => joined(word(`mirror_event_${hit.params.action}`) ?? hit.params.action, hit.params.person),
    end: (hit) => (hit.params.at ? relative(hit.params.at) : ''),
  },
};
