/** The kinds of ledger entries in words. */
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
    default:
      return kind;
  }
}

/** A top-up by card names its means by a word of the program; every other cause is the person's or the bank's. */
export function causeText(entry: Entry): string {
  return entry.kind === 'top_up' && (entry.cause === 'card' || entry.cause === 'postfinance')
    ? kindName(entry.cause)
    : entry.cause;
}
