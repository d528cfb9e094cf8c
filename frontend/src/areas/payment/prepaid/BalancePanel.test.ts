/** The forecast in a sentence, in each language: what to top up, and until when that covers. */
import { cleanup, render } from '@testing-library/svelte';
import { afterEach, expect, test } from 'vitest';
import { language, type Locale } from '$lib/i18n';
import type { Balance, Payments } from '../api';
import BalancePanel from './BalancePanel.svelte';

const chf = (amount: string) => ({ amount, currency: 'CHF' });
const balance: Balance = {
  today: '2026-11-20',
  balance: chf('1412.65'),
  entries: 2,
  history: [],
  forecast: [{ on: '2027-03-01', balance: chf('-35.00'), change: chf('-1447.65'), what: 'Web hosting' }],
  until: '2027-03-31',
  lowest: chf('-35.00'),
  lowestOn: '2027-03-01',
  short: true,
  shortOn: '2027-03-01',
  topUp: chf('35.00'),
  expected: [],
  open: 0,
};
const payments = { currency: 'CHF', balance: chf('1412.65'), profiles: [], offers: [] } as unknown as Payments;

afterEach(() => (language.current = 'en'));

test.each([
  ['en', 'Not enough on 1 March. Top up CHF 35.00 to stay covered until 31 March.'],
  ['it', 'Non basta il 1 marzo. Accredita CHF 35,00 per restare coperto fino al 31 marzo.'],
  ['es', 'No alcanza el 1 de marzo. Acredite CHF 35,00 para seguir cubierto hasta el 31 de marzo.'],
  ['fr', 'Insuffisant le 1 mars. Créditez CHF 35,00 pour rester couvert jusqu’au 31 mars.'],
  ['de', 'Reicht am 1. März nicht. Zahlen Sie CHF 35.00 ein, um bis zum 31. März gedeckt zu sein.'],
] as [Locale, string][])('%s', (locale, sentence) => {
  language.current = locale;
  render(BalancePanel, { balance, payments, months: 4, onmonths: () => undefined, onchanged: () => undefined });
  const text = document.body.textContent!.replace(/\s+/g, ' ');
  expect(text).toContain(sentence);
  cleanup();
  render(BalancePanel, {
    balance: { ...balance, short: false },
    payments,
    months: 4,
    onmonths: () => undefined,
    onchanged: () => undefined,
  });
  expect(document.body.textContent).not.toContain(sentence);
});

test('without a booking the balance is not known, and nothing is called covered', () => {
  render(BalancePanel, {
    balance: { ...balance, entries: 0, short: false },
    payments,
    months: 4,
    onmonths: () => undefined,
    onchanged: () => undefined,
  });
  expect(document.body).toHaveTextContent('Nothing has been booked.');
  expect(document.body).not.toHaveTextContent(/1,412\.65|Covered until/);
});
