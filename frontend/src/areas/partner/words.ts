/** What Go says in ids, in the person's words. */
import { date, money, number, percent } from '$lib/format';
import { m } from '$lib/i18n';
import { calculation, ordererName, outcomeName, period, productName, stepName } from '$lib/pricing/words';
import type { Answer, Book, Case, Line, Question, Tier } from './api';

export const bookName = (book: Book) => `${date(book.validFrom)}, ${book.name || m.partner_excl_vat()}`;

/** "25 % from 30". */
export const tierName = (tier: Pick<Tier, 'from' | 'percent'>) =>
  m.partner_tier({ percent: percent(tier.percent), from: number(tier.from) });

/** The step that a quantity reaches. */
export function reached(tiers: Tier[], quantity: string): Tier | undefined {
  return tiers.findLast((tier) => BigInt(tier.from) <= BigInt(quantity));
}

/** Who orders in a case, with the product where it matters. */
export function caseOrderer(one: Case): string {
  if (one.managed === 'managed') return m.partner_client_managed();
  if (one.managed === 'other') return m.partner_client_other();
  return ordererName(one.orders);
}

export function casePayer(one: Case): string {
  if (one.payer === '') return m.partner_no_answer();
  return one.outcome === 'discount' ? m.partner_pays_partner() : m.partner_pays_client();
}

/** The figures of an answer as lines of text, for the clipboard. */
export function figures(answer: Answer, question: Question, line: Line | undefined): string {
  const name = line ? productName(line) : '';
  const rows = [
    `${number(answer.quantity)} × ${name}, ${period(question)}, ${m.partner_excl_vat()}`,
    ...answer.steps
      .filter((step) => step.kind !== 'rounding')
      .map((step) => `${stepName(step)}: ${calculation(step)} = ${money(step.rounded)} (${step.rule})`),
  ];
  if (answer.reduction) rows.push(`${m.partner_total_reduction()}: − ${percent(answer.reduction)}`);
  const gain = `${outcomeName(answer.outcome)}: `;
  if (answer.gain.amount && answer.outcome === 'discount')
    rows.push(
      `${gain}${number(answer.openPrice.rounded.amount)} − ${number(answer.preferential.rounded.amount)} = ${money(answer.gain)}`,
    );
  else if (answer.gain.amount) rows.push(gain + money(answer.gain));
  else rows.push(m.partner_not_covered());
  return rows.join('\n');
}
