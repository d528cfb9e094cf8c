/** VAT between two countries in the person's words: what is suggested, why, and what an invoice without it says. */
import { m } from '$lib/i18n';

const TREATMENT: Record<string, () => string> = {
  domestic: m.client_tax_domestic,
  destination: m.client_tax_destination,
  reverse_charge: m.client_tax_reverse_charge,
  outside: m.client_tax_outside,
};
export const treatments = Object.keys(TREATMENT);
/** How VAT is dealt with. */
export const treatment = (which: string): string => TREATMENT[which]?.() ?? m.client_tax_unknown();

const WHY: Record<string, () => string> = {
  no_country: m.client_tax_why_no_country,
  no_rules: m.client_tax_why_no_rules,
  same: m.client_tax_why_same,
  abroad: m.client_tax_why_abroad,
  business: m.client_tax_why_business,
  no_number: m.client_tax_why_no_number,
  private: m.client_tax_why_private,
  swiss_to_eu: m.client_tax_why_swiss_to_eu,
  chosen: m.client_tax_why_chosen,
};
/** Why a treatment is suggested. */
export const ground = (which: string): string => WHY[which]?.() ?? '';

const SAYS: Record<string, () => string> = {
  reverse: m.client_tax_says_reverse,
  swiss: m.client_tax_says_swiss,
  swiss_to_eu: m.client_tax_says_swiss_to_eu,
  outside_eu: m.client_tax_says_outside_eu,
  outside: m.client_tax_says_outside,
};
/** What an invoice without VAT has to say. */
export const sentence = (which: string): string => SAYS[which]?.() ?? '';
