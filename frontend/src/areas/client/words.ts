/** Rights, states and differences in the person's words. */
import { fold } from '$lib/fold';
import { money } from '$lib/format';
import { m } from '$lib/i18n';
import type { Change, Client, Product, ProductChoice, Rights } from './api';

const ACCESS: Record<string, () => string> = { limited: m.client_access_limited, full: m.client_access_full };
export const access = (which: string): string => ACCESS[which]?.() ?? '–';

const ACCESS_SHORT: Record<string, () => string> = {
  limited: m.client_access_limited_short,
  full: m.client_access_full_short,
};
/** In a cell, below a head that says of what. */
export const accessShort = (which: string): string => ACCESS_SHORT[which]?.() ?? '–';

const PAYER: Record<string, () => string> = { client: m.client_payer_client, partner: m.client_payer_partner };
export const payer = (which: string): string => PAYER[which]?.() ?? '–';

const STATE: Record<string, () => string> = {
  listed: m.client_state_listed,
  pending: m.client_state_pending,
  active: m.client_state_active,
  refused: m.client_state_refused,
  withdrawn: m.client_state_withdrawn,
  ended: m.client_state_ended,
};
export const state = (which: string): string => STATE[which]?.() ?? which;

const FAMILY: Record<string, () => string> = {
  web_hosting: m.client_family_web_hosting,
  email_hosting: m.client_family_email_hosting,
  domain: m.client_family_domain,
  domain_ch: m.client_family_domain_ch,
  drive: m.client_family_drive,
  ksuite: m.client_family_ksuite,
  swiss_backup: m.client_family_swiss_backup,
  public_cloud: m.client_family_public_cloud,
  dedicated_server: m.client_family_dedicated_server,
  mailing: m.client_family_mailing,
  website_builder: m.client_family_website_builder,
  custom_url: m.client_family_custom_url,
  vod: m.client_family_vod,
};
export const family = (which: string): string => FAMILY[which]?.() ?? which;

const ACTION: Record<string, () => string> = {
  technical: m.client_act_technical,
  statistics: m.client_act_statistics,
  organization: m.client_act_organization,
  order: m.client_act_order,
  invoices: m.client_act_invoices,
  reinvoice: m.client_act_reinvoice,
  record: m.client_act_record,
};
/** Something that may be done in a client. */
export const action = (which: string): string => ACTION[which]?.() ?? which;

const DENIED: Record<string, () => string> = {
  not_granted: m.client_bar_not_granted,
  needs_full: m.client_bar_needs_full,
  lies_elsewhere: m.client_bar_lies_elsewhere,
  needs_role: m.client_bar_needs_role,
};
/** Why it may not be done. */
export const denied = (which: string): string => DENIED[which]?.() ?? which;

const GAIN: Record<string, () => string> = {
  discount: m.client_gain_discount,
  cashback: m.client_gain_cashback,
  not_covered: m.client_gain_none,
};
export const gain = (which: string): string => GAIN[which]?.() ?? which;

const OPERATION: Record<string, () => string> = {
  order: m.client_operation_order,
  renewal: m.client_operation_renewal,
};
export const operation = (which: string): string => OPERATION[which]?.() ?? which;

/** Which product of which price list. */
export const choice = (of: ProductChoice): string => `${of.book} ${of.line}`;

/** The products of the price lists; the currency is written where there is more than one. */
export const productOptions = (list: ProductChoice[]) =>
  list.map((one) => ({
    value: choice(one),
    label: `${one.name || family(one.product)} · ${money(one.price)} / ${one.per === 'year' ? m.client_per_year() : m.client_per_month()}`,
  }));

interface Differing {
  asked: string;
  granted: string;
  difference: string;
  missing: number;
}

/** What was granted, compared with what was asked. */
export function difference(of: Differing): string {
  if (of.difference === '') return m.client_diff_awaited();
  if (of.difference === 'same') return m.client_diff_same();
  if (of.difference === 'more') return m.client_diff_more();
  if (of.difference === 'both') return m.client_diff_both();
  if (of.missing > 0) return m.client_diff_missing({ n: of.missing });
  return of.granted === 'limited' ? m.client_diff_access() : m.client_diff_wallet();
}

export function tone(which: string): 'success' | 'warning' | 'info' | '' {
  if (which === 'same') return 'success';
  if (which === 'more') return 'info';
  return which === '' ? '' : 'warning';
}

export function sign(which: string): 'check' | 'minus' | 'plus' | 'clock' {
  if (which === 'same') return 'check';
  if (which === 'more') return 'plus';
  return which === '' ? 'clock' : 'minus';
}

const MAIL: Record<string, () => string> = {
  waiting: m.client_mail_waiting,
  sending: m.client_mail_waiting,
  sent: m.client_mail_sent,
  failed: m.client_mail_failed,
  uncertain: m.client_mail_uncertain,
  withdrawn: m.client_mail_withdrawn,
};
/** How far an invitation has come that went by e-mail. */
export const mailState = (which: string): string => MAIL[which]?.() ?? '–';

/** What rights mean to the partner who asks for them. */
export const THEIRS = {
  limited: m.client_limited_text,
  full: m.client_full_text,
  wallet: m.client_wallet,
  on: m.client_wallet_on,
  off: m.client_wallet_off,
  fullWallet: m.client_full_wallet,
  fullOwn: m.client_full_own,
};
/** The same to the client who grants them. */
export const OURS: typeof THEIRS = {
  limited: m.client_our_limited_text,
  full: m.client_our_full_text,
  wallet: m.client_our_wallet,
  on: m.client_our_wallet_on,
  off: m.client_our_wallet_off,
  fullWallet: m.client_our_full_wallet,
  fullOwn: m.client_our_full_own,
};

/** What one side asks or grants, in a few words of whoever reads it. */
export const rights = (of: Rights, words = THEIRS): string => named(of.access, of.wallet, of.products.length, words);

function named(access: string, wallet: boolean, products: number, words = THEIRS): string {
  if (access !== 'full') return m.client_limited_count({ n: products });
  return wallet ? words.fullWallet() : words.fullOwn();
}

/** A line of the history. */
export function change(one: Change): string {
  const what = named(one.access, one.wallet, one.count);
  switch (one.kind) {
    case 'asked':
      return m.client_history_asked({ rights: what });
    case 'listed':
      return m.client_history_listed();
    case 'contact':
      return m.client_history_contact();
    case 'conditions':
      return m.client_history_conditions();
    case 'merged':
      return m.client_history_merged();
    case 'invited':
      return m.client_history_invited();
    case 'granted':
      return m.client_history_granted({ rights: what });
    case 'signed':
      return m.client_history_signed({ rights: what });
    case 'signed_refusal':
      return m.client_history_signed_refusal();
    case 'refused':
      return m.client_history_refused();
    case 'withdrawn':
      return m.client_history_withdrawn();
    case 'corrected':
      return m.client_history_corrected();
    case 'ended':
      return m.client_history_ended();
    default:
      return m.client_history_allowed({ n: one.count });
  }
}

export interface Compared {
  key: string;
  name: string;
  family: string;
  asked: Product | undefined;
  granted: Product | undefined;
}

/** Every product that one side names, with the rights of both; full access holds all rights on it. */
export function compared(client: Pick<Client, 'asked' | 'granted'>): Compared[] {
  const rows = new Map<string, Compared>();
  const key = (product: Product) => `${product.family} ${fold(product.name)}`;
  for (const product of [...client.asked.products, ...client.granted.products]) {
    const found = (rights: Rights) =>
      rights.access === 'full'
        ? { ...product, technical: true, statistics: true }
        : rights.products.find((one) => key(one) === key(product));
    rows.set(key(product), {
      key: key(product),
      name: product.name,
      family: product.family,
      asked: found(client.asked),
      granted: found(client.granted),
    });
  }
  return [...rows.values()];
}

/** Whether a right was asked and not granted. */
export const lacks = (row: Compared): boolean =>
  Boolean((row.asked?.technical && !row.granted?.technical) || (row.asked?.statistics && !row.granted?.statistics));

/** The rights on one product in words. */
export function rightsOn(product: Product | undefined): string {
  if (product?.technical && product.statistics) return m.client_right_both();
  if (product?.technical) return m.client_right_technical();
  return product?.statistics ? m.client_right_statistics() : m.client_right_none();
}
