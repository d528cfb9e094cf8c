/** What the window calls the ids of the journal, and chips in words. */
import { date } from '$lib/format';
import { m, word } from '$lib/i18n';
import type { Actor, Amount, Term } from './api';
import { number } from '$lib/format';

export const product = (id: string) => word(`act_product_${id}`) ?? id;
export const action = (id: string) => word(`act_action_${id}`) ?? word(`act_group_${id}`) ?? id;
export const result = (id: string) => word(`act_result_${id}`) ?? id;
export const key = (id: string) => word(`act_key_${id}`) ?? id;
export const field = (id: string) => word(`act_column_${id}`) ?? id;

export const amount = (a: Amount) => (a.more ? m.activity_new_more({ count: number(a.n) }) : number(a.n));

/** A day or a span of the query in words. */
export function day(value: string): string {
  if (value === 'today') return m.activity_today();
  if (value === '1d') return m.activity_yesterday();
  const span = /^(\d+)([dwmy])$/.exec(value);
  if (!span) return date(value);
  const n = number(span[1]!);
  switch (span[2]) {
    case 'w':
      return m.activity_weeks_back({ n });
    case 'm':
      return m.activity_months_back({ n });
    case 'y':
      return m.activity_years_back({ n });
    default:
      return m.activity_days_back({ n });
  }
}

function value(term: Term, id: string, actors: readonly Actor[]): string {
  switch (term.key) {
    case 'product':
      return product(id);
    case 'action':
      return action(id);
    case 'result':
      return result(id);
    case 'source':
      return id === 'own' ? m.activity_source_own() : m.activity_source_imported();
    case 'actor':
      return id === 'me' ? m.activity_me() : actors.find((one) => one.id === id)?.name || id;
    case 'since':
    case 'until':
    case 'on':
      return day(id);
    default:
      return id;
  }
}

/** A chip in words: "not person: me". */
export function chip(term: Term, actors: readonly Actor[] = []): string {
  if (term.problem) return term.text;
  const values = term.values.map((id) => value(term, id, actors)).join(', ');
  const said = term.key ? `${key(term.key)}: ${values}` : term.exact ? `“${values}”` : values;
  return term.not ? m.activity_chip_not({ chip: said }) : said;
}
