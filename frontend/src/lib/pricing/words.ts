/** What package pricing says in ids, in the person's words. Figures get the separators of the language, and nothing else. */
import { type Amount, date, number } from '$lib/format';
import { m } from '$lib/i18n';

/** A line of a price list, as far as it is named. */
interface Article {
  product: string;
  name: string;
}

/** One line of a derivation. */
export interface Step {
  kind: string;
  rule: string;
  formula: string;
  operands: string[];
  exact: string;
  rounded: Amount;
}

/** A price list, as far as it is chosen. */
interface List {
  currency: string;
  inForce: boolean;
}

/** What is said of a list, where it is chosen, that is not in force on a day; undefined of one that is. */
export function listMark(list: List & { validFrom: string }, today: string): string | undefined {
  if (list.inForce) return undefined;
  return list.validFrom > today ? m.partner_not_yet() : m.partner_over();
}

/** A list where one is chosen: by its name, if it has one, and since when it holds. */
export const listTitle = (list: { name: string; currency: string; from: string }): string =>
  [list.name, list.currency, date(list.from)].filter(Boolean).join(' · ');

/** Which list a price is from. */
export const listSince = (name: string, day: string): string =>
  name ? m.sale_known_list({ name, day: date(day) }) : m.sale_unnamed_list({ day: date(day) });

type Text = () => string;

const PRODUCTS: Record<string, Text> = {
  web_hosting: m.partner_product_web_hosting,
  domain_ch: m.partner_product_domain_ch,
};

export const productName = (line: Pick<Article, 'product' | 'name'>) =>
  line.name || PRODUCTS[line.product]?.() || line.product;

/** What a product is called that has steps of its own: they are kept by its name, or by its code. */
export const stepsName = (key: string) => PRODUCTS[key]?.() ?? key;

export const hasOwnName = (line: Pick<Article, 'product'>) => !(line.product in PRODUCTS);

const RULES: Record<string, Text> = {
  L1: m.partner_rule_L1,
  D1: m.partner_rule_D1,
  D2: m.partner_rule_D2,
  C0: m.partner_rule_C0,
  C1: m.partner_rule_C1,
  C2: m.partner_rule_C2,
  C3: m.partner_rule_C3,
  C4: m.partner_rule_C4,
  A1: m.partner_rule_A1,
  R1: m.partner_rule_R1,
  R2: m.partner_rule_R2,
  N1: m.partner_rule_N1,
  N2: m.partner_rule_N2,
  B1: m.partner_rule_B1,
  B2: m.partner_rule_B2,
  S1: m.partner_rule_S1,
  S2: m.partner_rule_S2,
  M1: m.partner_rule_M1,
  T1: m.partner_rule_T1,
  V1: m.partner_rule_V1,
  V2: m.partner_rule_V2,
  E1: m.partner_rule_E1,
  P1: m.partner_rule_P1,
  P2: m.partner_rule_P2,
  P3: m.partner_rule_P3,
};

/** The sentence that a rule says. */
export const ruleText = (id: string) => RULES[id]?.() ?? id;

/** The rules that a step rests on. A cashback is the difference of two rounded invoices, which is a rule of its own. */
export const rulesOf = (step: Step) => (step.kind === 'cashback' ? [step.rule, 'R2'] : [step.rule]);

const ORIGINS: Record<string, Text> = {
  published: m.partner_origin_published,
  thirdparty: m.partner_origin_thirdparty,
  own: m.partner_origin_own,
  assumption: m.partner_origin_assumption,
};

export const originName = (origin: string) => ORIGINS[origin]?.() ?? origin;

const STEPS: Record<string, Text> = {
  public: m.partner_step_public,
  partner: m.partner_step_partner,
  degressive: m.partner_step_degressive,
  rounding: m.partner_step_rounding,
  public_degressive: m.partner_step_public_degressive,
  cashback: m.partner_step_cashback,
  vat: m.partner_step_vat,
  charged: m.partner_step_charged,
  list_price: m.partner_step_list_price,
  own_price: m.partner_step_own_price,
  markup: m.partner_step_markup,
  margin: m.partner_step_margin,
  agreed: m.partner_step_agreed,
  offer: m.partner_step_offer,
  cost: m.partner_step_cost,
  kept: m.partner_step_kept,
  lines: m.partner_step_lines,
  whole: m.partner_step_whole,
  net: m.partner_step_net,
  total: m.partner_step_total,
  first_year: m.partner_step_first_year,
};

export const stepName = (step: Step) => STEPS[step.kind]?.() ?? step.kind;

/** "347.20 × (1 − 0.20)". */
export function calculation(step: Step): string {
  const o = step.operands.map(number);
  switch (step.formula) {
    case 'product':
      return o.join(' × ');
    case 'less':
      return `${o[0]} × (1 − ${o[1]})`;
    case 'difference':
      return o.join(' − ');
    case 'sum':
      return o.join(' + ');
    case 'shares': {
      const parts: string[] = [];
      for (let i = 1; i + 1 < o.length - 1; i += 2) parts.push(`${o[i]} × ${o[i + 1]}`);
      return `${o[0]} × (${parts.join(' + ')}) ÷ ${o.at(-1)}`;
    }
    case 'more':
      return `${o[0]} × (1 + ${o[1]})`;
    case 'over':
      return `${o[0]} ÷ (1 − ${o[1]})`;
    case 'times': {
      const parts: string[] = [];
      for (let i = 0; i + 1 < o.length; i += 2) parts.push(`${o[i]} × ${o[i + 1]}`);
      return parts.join(' + ');
    }
    default:
      return m.partner_rounding_note();
  }
}

/** A rounding shows what it added; every other step its rounded figure. */
export function stepFigure(step: Step): string {
  if (step.formula !== 'rounding') return number(step.rounded.amount);
  return step.exact.startsWith('-') ? number(step.exact) : `+ ${number(step.exact)}`;
}

export const accessName = (one: string) => (one === 'full' ? m.partner_full() : m.partner_limited());
export const ordererName = (one: string) => (one === 'partner' ? m.partner_the_partner() : m.partner_the_client());
export const meansName = (one: string) =>
  one === 'partner' ? m.partner_means_partner() : one === 'client' ? m.partner_means_client() : m.partner_none();

export function outcomeName(outcome: string): string {
  if (outcome === 'discount') return m.partner_discount();
  return outcome === 'cashback' ? m.partner_cashback() : m.partner_not_covered();
}

/** What the figure covers: "once", "per month", "for 3 months", "per year", "for 2 years". */
export function period(question: { months: number }): string {
  const { months } = question;
  if (months === 0) return m.partner_once();
  if (months === 1) return m.partner_per_month();
  if (months === 12) return m.partner_per_year();
  if (months % 12 === 0) return m.partner_for_years({ n: months / 12 });
  return m.partner_for_months({ n: months });
}

export const per = (line: { per: string } | undefined) =>
  line?.per === 'year' ? m.partner_per_year() : m.partner_per_month();

export const CATEGORIES: Record<string, Text> = {
  hosting: m.partner_category_hosting,
  mail: m.partner_category_mail,
  domain: m.partner_category_domain,
  suite: m.partner_category_suite,
  storage: m.partner_category_storage,
  cloud: m.partner_category_cloud,
  certificate: m.partner_category_certificate,
  work: m.partner_category_work,
  goods: m.partner_category_goods,
  other: m.partner_category_other,
};

/** A kind of products and services. */
export const categoryName = (one: string) => CATEGORIES[one]?.() ?? one;

/** What one of an own product or service is. */
export const UNITS: Record<string, Text> = {
  piece: m.quote_unit_piece,
  hour: m.quote_unit_hour,
  day: m.quote_unit_day,
  month: m.quote_unit_month,
  year: m.quote_unit_year,
  flat: m.quote_unit_flat,
};
/** How a line is taxed. */
export const CLASSES: Record<string, Text> = {
  '': m.quote_class_normal,
  reduced: m.quote_class_reduced,
  special: m.quote_class_special,
  exempt: m.quote_class_exempt,
};
export const unitName = (one: string) => UNITS[one]?.() ?? one;

const STATES: Record<string, Text> = {
  draft: m.quote_state_draft,
  sent: m.quote_state_sent,
  accepted: m.quote_state_accepted,
  declined: m.quote_state_declined,
  expired: m.quote_state_expired,
};

export const stateName = (state: string) => STATES[state]?.() ?? state;

export function stateTone(state: string): '' | 'info' | 'success' | 'warning' | 'outline' {
  if (state === 'sent') return 'info';
  if (state === 'accepted') return 'success';
  return state === 'expired' ? 'warning' : state === 'draft' ? 'outline' : '';
}
