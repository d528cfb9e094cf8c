/** The record of a client: what a form of it begins with, and its parts in words. */
import { country } from '$lib/format';
import { m } from '$lib/i18n';
import type { Address, Details } from './api';

const nowhere = (): Address => ({ addressee: '', street: '', extra: '', postcode: '', place: '', country: '' });

/** Of a client that is not known yet. */
export const blank = (): Details => ({
  name: '',
  place: '',
  number: '',
  legalName: '',
  website: '',
  language: '',
  country: '',
  currency: '',
  vatNumber: '',
  private: false,
  vat: '',
  tags: [],
  invoice: nowhere(),
  delivery: nowhere(),
  known: false,
});

const ROLE: Record<string, () => string> = {
  quotes: m.client_role_quotes,
  invoices: m.client_role_invoices,
  technical: m.client_role_technical,
  contract: m.client_role_contract,
};
export const roles = Object.keys(ROLE);
/** What one turns to a contact for. */
export const role = (which: string): string => ROLE[which]?.() ?? which;

const LANGUAGES: Record<string, string> = {
  it: 'Italiano',
  es: 'Español',
  fr: 'Français',
  de: 'Deutsch',
  en: 'English',
};
/** The languages of documents; the first is none. */
export const languages = () => [
  { value: '', label: m.client_unknown() },
  ...Object.entries(LANGUAGES).map(([value, label]) => ({ value, label })),
];
export const languageName = (which: string): string => LANGUAGES[which] ?? '';

/** An address in one line; "" of none. */
export const address = (of: Address): string =>
  [of.addressee, of.street, of.extra, [of.postcode, of.place].filter(Boolean).join(' '), country(of.country)]
    .filter(Boolean)
    .join(', ');

const MOVED: Record<string, () => string> = {
  contacts: m.client_moved_contacts,
  invitations: m.client_moved_invitations,
  notes: m.client_moved_notes,
  orders: m.client_moved_orders,
  quotes: m.client_moved_quotes,
  sales: m.client_moved_sales,
};
/** What comes over when two clients become one. */
export const moved = (which: string): string => MOVED[which]?.() ?? which;

const FIELD: Record<string, () => string> = {
  name: m.client_name,
  place: m.client_place,
  number: m.client_number,
  legalName: m.client_legal_name,
  website: m.client_website,
  language: m.client_documents_in,
  country: m.client_country,
  currency: m.client_currency,
  vatNumber: m.client_vat_number,
  vat: m.client_tax,
  invoice: m.client_address,
  delivery: m.client_address_delivery,
  paymentDays: m.client_payment_days,
};
/** A field of the record. */
export const fieldName = (which: string): string => FIELD[which]?.() ?? which;
