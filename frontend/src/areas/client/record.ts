/** The record of a client: what a form of it begins with, and its parts in words. */
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
