/** The words and signs of a thread. */
import { clock, date, money } from '$lib/format';
import { m } from '$lib/i18n';
import type { IconName } from '$lib/ui/icons';
import type { Money, Step, Thread } from '../api';

const ICONS: Record<string, IconName> = {
  sent: 'bank',
  order_cancelled: 'close',
  paid_order: 'check',
  credited: 'wallet',
  ordered_again: 'refresh',
  payout_noted: 'todo',
  reversed: 'undo',
  payout_requested: 'send',
  payout_done: 'check',
  payout_failed: 'undo',
  kept: 'check',
  wait: 'clock',
  choose: 'question',
};

export const stepIcon = (step: Step): IconName => ICONS[step.kind] ?? 'info';

export function stepTitle(step: Step): string {
  switch (step.kind) {
    case 'sent':
      return m.prepaid_step_sent();
    case 'order_cancelled':
      return m.prepaid_step_cancelled({ number: step.text });
    case 'paid_order':
      return m.prepaid_step_paid({ number: step.text });
    case 'credited':
      return m.prepaid_step_credited();
    case 'ordered_again':
      return m.prepaid_step_again({ number: step.text });
    case 'payout_noted':
      return m.prepaid_step_payout_noted();
    case 'reversed':
      return m.prepaid_step_reversed();
    case 'payout_requested':
      return m.prepaid_step_payout();
    case 'payout_done':
      return m.prepaid_step_payout_done();
    case 'payout_failed':
      return m.prepaid_step_payout_failed();
    case 'kept':
      return m.prepaid_step_kept();
    case 'wait':
      return m.prepaid_step_wait();
    default:
      return m.prepaid_step_choose();
  }
}

const positive = (one: Money): Money => ({ ...one, amount: one.amount.replace('-', '') });

/** Why a transfer did not match, with what it should have been. */
export function mismatch(thread: Thread): string {
  switch (thread.reason) {
    case 'unknown_reference':
      return thread.meant.length > 0
        ? m.prepaid_mismatch_meant({ numbers: thread.meant.join(', ') })
        : m.prepaid_mismatch_reference();
    case 'wrong_currency':
      return m.prepaid_mismatch_currency({
        sent: money(thread.arrived),
        want: money(thread.amount),
      });
    case 'wrong_amount':
      return thread.missing.amount.startsWith('-')
        ? m.prepaid_mismatch_more({ amount: money(positive(thread.missing)) })
        : thread.missing.amount
          ? m.prepaid_mismatch_less({ amount: money(thread.missing) })
          : m.prepaid_mismatch_amount();
    case 'already_paid':
      return m.prepaid_mismatch_paid({ number: thread.orderNumber });
    default:
      if (!thread.missing.amount) return '';
      return thread.missing.amount.startsWith('-')
        ? m.prepaid_more_than_sent({ amount: money(positive(thread.missing)) })
        : m.prepaid_less_than_sent({ amount: money(thread.missing) });
  }
}

export function stepDetail(step: Step, thread: Thread): string {
  const when = step.at ? date(step.at.slice(0, 10)) : '';
  const at = step.day ? when : step.at ? `${date(step.at)}, ${clock(step.at)}` : '';
  switch (step.kind) {
    case 'sent':
      return step.text ? `${when} · ${m.prepaid_from({ source: step.text })}` : when;
    case 'order_cancelled':
      return `${at} · ${m.prepaid_step_cancelled_detail()}`;
    case 'credited':
      return `${at} · ${m.prepaid_entry({ number: thread.entry })}${mismatch(thread) ? ` · ${mismatch(thread)}` : ''}`;
    case 'payout_noted':
      return `${step.text} · ${m.prepaid_step_payout_noted_detail()}`;
    case 'payout_requested':
    case 'payout_done':
    case 'payout_failed':
      return step.text ? `${at} · ${step.text}` : at;
    case 'kept':
      return m.prepaid_step_kept_detail();
    case 'wait':
      return m.prepaid_step_wait_detail({ reference: step.text });
    case 'choose':
      return thread.outcome === 'cancelled_order' ? m.prepaid_step_choose_detail() : m.prepaid_step_choose_unmatched();
    default:
      return at;
  }
}

/** How a thread is called in the list of threads. */
export function threadName(thread: Thread): string {
  if (thread.orderNumber) return m.prepaid_thread_order({ number: thread.orderNumber });
  if (thread.purpose === 'top_up') return m.prepaid_thread_top_up({ reference: thread.reference });
  return m.prepaid_thread_unknown({ reference: thread.reference || '–' });
}
