/** The kinds of ledger entries in words. */
import { written } from '$lib/format';
import { m } from '$lib/i18n';
import type { Entry } from '../api';
import { kindName } from '../words';

export const KINDS = [
  'top_up',
  'cashback',
  'unmatched',
  'cancelled_order',
  'returned',
  'payment',
  'payout_requested',
  'payout_done',
  'payout_failed',
  'renewal',
  'adjusted_up',
  'adjusted_down',
  'reversed_in',
  'reversed_out',
] as const;

export function entryKind(kind: string): string {
  switch (kind) {
    case 'top_up':
      return m.prepaid_entry_top_up();
    case 'cashback':
      return m.prepaid_entry_cashback();
    case 'unmatched':
      return m.prepaid_entry_unmatched();
    case 'cancelled_order':
      return m.prepaid_entry_cancelled_order();
    case 'returned':
      return m.prepaid_entry_returned();
    case 'payment':
      return m.prepaid_entry_payment();
    case 'payout_requested':
      return m.prepaid_entry_payout_requested();
    case 'payout_done':
      return m.prepaid_entry_payout_done();
    case 'payout_failed':
      return m.prepaid_entry_payout_failed();
    case 'renewal':
      return m.prepaid_entry_renewal();
    case 'adjusted_up':
      return m.prepaid_entry_adjusted_up();
    case 'adjusted_down':
      return m.prepaid_entry_adjusted_down();
    case 'reversed_in':
      return m.prepaid_entry_reversed_in();
    case 'reversed_out':
      return m.prepaid_entry_reversed_out();
    default:
      return kind;
  }
}

/** What an entry is for. Where that is the program's own, it is said in words; else it is the person's or the bank's. */
export function causeText(entry: Entry): string {
  if (entry.kind === 'reversed_in' || entry.kind === 'reversed_out') return m.prepaid_entry({ number: entry.cause });
  if (entry.kind === 'adjusted_up' || entry.kind === 'adjusted_down')
    return m.prepaid_shown_was({ amount: written({ amount: entry.cause }).amount! });
  return entry.kind === 'top_up' && (entry.cause === 'card' || entry.cause === 'postfinance')
    ? kindName(entry.cause)
    : entry.cause;
}
