/** What Go says of quotes in ids, in the person's words. */
import { date as day, money, number, percent } from '$lib/format';
import { m } from '$lib/i18n';
import { accessName, CATEGORIES, CLASSES, meansName, ordererName, period, UNITS } from '$lib/pricing/words';
import type { Answer, Breakeven, CashOf, Cell, Check, Letter, Line, Scenario } from './api';

type Text = () => string;

const EXCLUSIONS: Record<string, Text> = {
  vat: m.quote_without_vat,
  domains: m.quote_without_domains,
  setup: m.quote_without_setup,
  migration: m.quote_without_migration,
  support: m.quote_without_support,
};

export const exclusions = Object.keys(EXCLUSIONS);
export const exclusionName = (one: string) => EXCLUSIONS[one]?.() ?? one;

const LANGUAGES: Record<string, string> = {
  it: 'Italiano',
  es: 'Español',
  fr: 'Français',
  de: 'Deutsch',
  en: 'English',
};

export const languages = Object.entries(LANGUAGES).map(([value, label]) => ({ value, label }));
export const languageName = (one: string) => LANGUAGES[one] ?? one;

/** What a scenario is called: as the person wrote, or by its number. */
export const scenarioName = (one: { name: string }, index: number) => one.name || m.quote_scenario_n({ n: index + 1 });

/** "Full · Partner’s · Partner": access, payment means, who orders. */
export function scenarioWay(one: Pick<Scenario, 'access' | 'means' | 'orders'>): string {
  const parts = [accessName(one.access)];
  if (one.access === 'full') parts.push(meansName(one.means));
  return [...parts, ordererName(one.orders)].join(' · ');
}

/** Who pays whom in a scenario. */
export const payerName = (one: Pick<Scenario, 'payer'>) =>
  one.payer === 'partner' ? m.quote_pays_partner() : m.quote_pays_client();

export const operationName = (one: string) => (one === 'renewal' ? m.partner_renewal() : m.partner_order());

const options = (all: Record<string, Text>) => Object.entries(all).map(([value, label]) => ({ value, label: label() }));

export const units = () => options(UNITS);
export const classes = () => options(CLASSES);
export const categories = () => options(CATEGORIES);
/** How often a product or service of one's own is due. */
export const cycles = () =>
  [0, 1, 3, 6, 12, 24, 36].map((months) => ({ value: String(months), label: period({ months }) }));

/** The questions that Go asks before a quote is kept or sent. */
export const questions = ['quote_list_ended', 'quote_list_future', 'quote_below_floor'];

/** "Order, per month" of a listed line, "once" or "per year" of one's own. */
export const lineWay = (line: Pick<Line, 'kind' | 'operation' | 'months'>) =>
  line.kind === 'listed' ? `${operationName(line.operation)}, ${period(line)}` : period(line);

/** How a line's figure is made, in one row: "14 × 120.00, − 10 %". A degressive rate stands only where it counts. */
export function cellText(answer: Pick<Answer, 'rules'>, line: Line, cell: Cell): string {
  const off = line.discount.rate && cell.discount.amount ? `, − ${percent(line.discount.rate)}` : '';
  const step = cell.degressive !== '0' ? `, − ${percent(cell.degressive)}` : '';
  const own = cell.own.amount ? ` ${number(cell.own.amount)}` : '';
  if (answer.rules < 2) return `${number(cell.quantity)} ×${own || step}`;
  if (cell.by === 'infomaniak') return `${number(cell.quantity)} ×${step}`;
  return `${number(cell.quantity)} × ${cell.eachExact ? '' : '≈ '}${number(cell.each.amount)}${off}, ${pricedName(cell.priced)}`;
}

const PRICED: Record<string, Text> = {
  own: m.quote_priced_own,
  condition: m.quote_priced_condition,
  list: m.quote_priced_list,
  public: m.quote_priced_public,
  markup: m.quote_priced_markup,
  margin: m.quote_priced_margin,
  infomaniak: m.quote_priced_infomaniak,
};

/** What a price is made of. */
export const pricedName = (one: string) => PRICED[one]?.() ?? one;

export function vatName(answer: Pick<Answer, 'vat' | 'vatRate'>): string {
  const rate = percent(answer.vatRate);
  if (answer.vat === 'swiss') return m.partner_vat_swiss({ rate });
  if (answer.vat === 'country') return m.partner_vat_country({ rate });
  return answer.vat === 'reverse_charge' ? m.partner_vat_reverse() : m.partner_vat_excluded();
}

/** Whether discount and cashback of the same order are worth the same: that hangs on what cashback is computed on. */
export const equality = (answer: Pick<Answer, 'base'>) =>
  answer.base === 'after' ? m.quote_equal_note() : m.quote_unequal_note();

/** Two scenarios beside each other. What is equal is said to be equal, and a break-even stands only where there is one. */
export function breakevenText(
  breakeven: Breakeven,
  all: CashOf,
  one: number,
  answer: Pick<Answer, 'scenarios'>,
): string[] {
  const name = (i: number) => scenarioName(answer.scenarios[i] ?? { name: '' }, i);
  const list: string[] = [];
  if (breakeven.ahead < 0) {
    const total = all.years[one]?.total;
    const amount = total ? money(total) : '';
    list.push(breakeven.always ? m.quote_even_always({ amount }) : m.quote_even_same({ amount }));
    if (breakeven.sooner >= 0) list.push(m.quote_even_sooner({ name: name(breakeven.sooner) }));
  } else {
    const when =
      breakeven.from === 1
        ? m.quote_even_from_first()
        : breakeven.from > 1
          ? m.quote_even_from({ n: breakeven.from })
          : m.quote_even_late();
    list.push(`${m.quote_even_ahead({ name: name(breakeven.ahead), amount: money(breakeven.by) })} ${when}`);
  }
  if (breakeven.fee.amount) list.push(m.quote_even_fee({ amount: money(breakeven.fee) }));
  if (breakeven.pieces > 0)
    list.push(m.quote_even_pieces({ n: number(breakeven.pieces), name: name(breakeven.pooling) }));
  if (!breakeven.differ) list.push(m.quote_even_nothing());
  return list;
}

/** What is to be looked at before a paper goes out, as it is. */
export function checkWords(check: Check): string {
  const date = check.params['date'] ? day(check.params['date']) : '';
  const n = check.params['n'] ?? '';
  const words: Record<string, [good: () => string, bad: () => string]> = {
    logo: [m.quote_check_logo, m.quote_check_logo_bad],
    sender: [m.quote_check_sender, m.quote_check_sender_bad],
    tax: [m.quote_check_tax, m.quote_check_tax_bad],
    address: [m.quote_check_address, m.quote_check_address_bad],
    list: [() => m.quote_check_list({ date }), () => m.quote_check_list_bad({ date })],
    price: [m.quote_check_price, () => m.quote_check_price_bad({ n })],
    excluded: [m.quote_check_excluded, m.quote_check_excluded_bad],
    cost: [m.quote_check_cost, () => m.quote_check_cost_bad({ n })],
  };
  return words[check.code]?.[check.good ? 0 : 1]() ?? check.code;
}

const LETTERS: Record<string, () => string> = {
  waiting: m.quote_letter_waiting,
  sending: m.quote_letter_waiting,
  sent: m.quote_letter_sent,
  failed: m.quote_letter_failed,
  uncertain: m.quote_letter_uncertain,
  withdrawn: m.quote_letter_withdrawn,
};
/** How far a letter has come. */
export const letterState = (letter: Letter) => (LETTERS[letter.state] ?? m.quote_letter_unknown)();
