/** What a scenario comes to, as rows: each billing period for itself, never added together but in the first twelve months. */
import { money, number, percent } from '$lib/format';
import { m } from '$lib/i18n';
import { outcomeName, period } from '$lib/pricing/words';
import type { Answer, Group, Scenario } from './api';
import { payerName, vatName } from './words';

export interface Row {
  /** The same in every scenario for the same thing: rows of several scenarios stand side by side by it. */
  key: string;
  label: string;
  value: string;
  kind?: 'first' | 'muted' | 'total';
}

type About = Pick<Answer, 'vat' | 'vatRate' | 'rules' | 'discount'>;

const capital = (text: string) => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** "Per month", "Per month, invoiced by Infomaniak". */
export function groupName(group: Pick<Group, 'by' | 'months'>): string {
  const name = capital(period(group));
  return group.by === 'infomaniak' ? m.quote_by_infomaniak({ period: name }) : name;
}

/** What the client pays. */
export function offerRows(answer: About, one: Scenario): Row[] {
  return answer.rules < 2
    ? firstInvoices(answer, one)
    : [...one.groups.flatMap((group) => groupRows(answer, group)), ...firstRows(one)];
}

function firstInvoices(answer: About, one: Scenario): Row[] {
  return [
    { key: 'start', label: m.quote_first_invoice(), value: money(one.start.offer), kind: 'first' },
    { key: 'vat', label: `${m.partner_vat()}: ${vatName(answer)}`, value: money(one.vat), kind: 'muted' },
    { key: 'total', label: m.quote_total(), value: money(one.total), kind: 'total' },
    { key: 'year', label: m.quote_year(), value: money(one.year.offer) },
  ];
}

function groupRows(answer: About, group: Group): Row[] {
  const key = `${group.by} ${group.months} `;
  const rows: Row[] = [];
  const reduced = group.discount.amount !== '';
  if (reduced) {
    rows.push({ key: `${key}sum`, label: groupName(group), value: money(group.sum), kind: 'first' });
    rows.push({
      key: `${key}discount`,
      label: m.quote_whole_discount({ rate: percent(answer.discount.rate) }),
      value: `− ${money(group.discount)}`,
      kind: 'muted',
    });
  }
  rows.push({
    key: `${key}net`,
    label: groupName(group),
    value: money(group.net),
    kind: reduced ? undefined : 'first',
  });
  for (const one of group.vat)
    rows.push({
      key: `${key}vat ${one.class}`,
      label: m.quote_vat_of({ rate: percent(one.rate), net: money(one.net) }),
      value: money(one.vat),
      kind: 'muted',
    });
  if (group.vat.length > 0)
    rows.push({
      key: `${key}total`,
      label: m.quote_incl_vat({ period: groupName(group) }),
      value: money(group.total),
      kind: 'total',
    });
  return rows;
}

function firstRows(one: Scenario): Row[] {
  return one.first.map((first) => ({
    key: `first ${first.by}`,
    label:
      first.by === 'infomaniak'
        ? m.quote_first_twelve_direct()
        : first.net.amount === first.total.amount
          ? m.quote_first_twelve()
          : m.quote_first_twelve_vat(),
    value: money(first.total),
    kind: 'total' as const,
  }));
}

/** What Infomaniak charges and what the partner keeps; over twelve months from rules version 2 on. */
export function keptRows(answer: About, one: Scenario): Row[] {
  const sums = answer.rules < 2 ? one.start : one.year;
  const rows: Row[] = [
    { key: 'charged', label: m.quote_charged(), value: `${money(sums.charged)}, ${payerName(one)}`, kind: 'first' },
    { key: 'gain', label: m.quote_gain(), value: `${money(sums.gain)}, ${outcomeName(one.outcome)}` },
  ];
  for (const group of one.groups.filter((group) => group.by === 'partner')) {
    const parts = [money(group.earned)];
    if (group.share) parts.push(m.quote_share_of_price({ share: number(group.share) }));
    if (group.unknown > 0) parts.push(m.quote_cost_unknown({ n: group.unknown }));
    rows.push({
      key: `kept ${group.months}`,
      label: m.quote_kept_of({ period: period(group) }),
      value: parts.join(', '),
    });
  }
  if (answer.rules < 2)
    rows.push({ key: 'kept', label: m.quote_you_keep(), value: money(one.start.earned), kind: 'total' });
  rows.push({
    key: 'kept year',
    label: m.quote_you_keep_year(),
    value: money(one.year.earned),
    kind: answer.rules < 2 ? undefined : 'total',
  });
  return rows;
}

/** The rows of several scenarios beside each other: every row that one of them has, in the order of the first that has it. */
export function side<R extends { key: string }>(columns: R[][]): { key: string; cells: (R | undefined)[] }[] {
  const keys: string[] = [];
  for (const column of columns)
    column.forEach((row, i) => {
      if (keys.includes(row.key)) return;
      const before = column[i - 1];
      keys.splice(before ? keys.indexOf(before.key) + 1 : 0, 0, row.key);
    });
  return keys.map((key) => ({ key, cells: columns.map((column) => column.find((row) => row.key === key)) }));
}
