/** How a file of a quote is written: every word that Go puts into it, under its message key. */
import { date } from '$lib/format';
import { language, m, type Locale } from '$lib/i18n';
import type { Quote, Sheet } from './api';

/** The texts in one language; places stay for Go to fill. */
function words(locale: Locale): Record<string, string> {
  const o = { locale };
  const n = { n: '{n}' } as never;
  const rate = { rate: '{rate}' };
  return {
    quote_title: m.quote_title({}, o),
    quote_number: m.quote_number({}, o),
    quote_recipient: m.quote_recipient({}, o),
    quote_state: m.quote_state({}, o),
    quote_valid_until: m.quote_valid_until({}, o),
    quote_scenario: m.quote_scenario({}, o),
    quote_scenario_n: m.quote_scenario_n(n, o),
    quote_page_title: m.quote_page_title({ number: '{number}' }, o),
    quote_page_lead: m.quote_page_lead({ recipient: '{recipient}' }, o),
    quote_client_pays_client: m.quote_client_pays_client({}, o),
    quote_client_pays_partner: m.quote_client_pays_partner({}, o),
    quote_kind: m.quote_kind({}, o),
    quote_first_invoice: m.quote_first_invoice({}, o),
    quote_total: m.quote_total({}, o),
    quote_year: m.quote_year({}, o),
    quote_charged: m.quote_charged({}, o),
    quote_gain: m.quote_gain({}, o),
    quote_offer: m.quote_offer({}, o),
    quote_you_keep: m.quote_you_keep({}, o),
    quote_without: m.quote_without({}, o),
    quote_without_vat: m.quote_without_vat({}, o),
    quote_without_domains: m.quote_without_domains({}, o),
    quote_without_setup: m.quote_without_setup({}, o),
    quote_without_migration: m.quote_without_migration({}, o),
    quote_without_support: m.quote_without_support({}, o),
    quote_note_short: m.quote_note_short({}, o),
    quote_unset: m.quote_unset({}, o),
    quote_state_draft: m.quote_state_draft({}, o),
    quote_state_sent: m.quote_state_sent({}, o),
    quote_state_accepted: m.quote_state_accepted({}, o),
    quote_state_declined: m.quote_state_declined({}, o),
    partner_access: m.partner_access({}, o),
    partner_full: m.partner_full({}, o),
    partner_limited: m.partner_limited({}, o),
    partner_means: m.partner_means({}, o),
    partner_means_client: m.partner_means_client({}, o),
    partner_means_partner: m.partner_means_partner({}, o),
    partner_orders: m.partner_orders({}, o),
    partner_the_client: m.partner_the_client({}, o),
    partner_the_partner: m.partner_the_partner({}, o),
    partner_rate: m.partner_rate({}, o),
    partner_product: m.partner_product({}, o),
    partner_product_web_hosting: m.partner_product_web_hosting({}, o),
    partner_product_domain_ch: m.partner_product_domain_ch({}, o),
    partner_operation: m.partner_operation({}, o),
    partner_order: m.partner_order({}, o),
    partner_renewal: m.partner_renewal({}, o),
    partner_period: m.partner_period({}, o),
    partner_per_month: m.partner_per_month({}, o),
    partner_per_year: m.partner_per_year({}, o),
    partner_for_months: m.partner_for_months(n, o),
    partner_for_years: m.partner_for_years(n, o),
    partner_quantity: m.partner_quantity({}, o),
    partner_currency: m.partner_currency({}, o),
    partner_list: m.partner_list({}, o),
    partner_vat: m.partner_vat({}, o),
    partner_vat_excluded: m.partner_vat_excluded({}, o),
    partner_vat_swiss: m.partner_vat_swiss(rate, o),
    partner_vat_country: m.partner_vat_country(rate, o),
    partner_vat_reverse: m.partner_vat_reverse({}, o),
    partner_discount: m.partner_discount({}, o),
    partner_cashback: m.partner_cashback({}, o),
    partner_not_covered: m.partner_not_covered({}, o),
    partner_derivation: m.partner_derivation({}, o),
    partner_col_step: m.partner_col_step({}, o),
    partner_col_calculation: m.partner_col_calculation({}, o),
    partner_col_rests: m.partner_col_rests({}, o),
    partner_rounding_note: m.partner_rounding_note({}, o),
    partner_step_public: m.partner_step_public({}, o),
    partner_step_partner: m.partner_step_partner({}, o),
    partner_step_degressive: m.partner_step_degressive({}, o),
    partner_step_rounding: m.partner_step_rounding({}, o),
    partner_step_public_degressive: m.partner_step_public_degressive({}, o),
    partner_step_cashback: m.partner_step_cashback({}, o),
  };
}

/** A PDF is in the recipient's language, a table in the person's. */
export function sheet(quote: Quote, format: 'pdf' | 'csv' | 'xlsx', steps = false): Sheet {
  const locale = format === 'pdf' ? (quote.language as Locale) : language.current;
  const number = quote.number.replace('/', '-');
  return {
    ...{ format, steps, language: locale },
    dialog: m.quote_export(),
    name: `${m.quote_file({}, { locale })}-${number}-${date(quote.sentAt || quote.created).replace(/[^\p{L}\p{N}]+/gu, '-')}.${format}`,
    words: words(locale),
  };
}
