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
  [
    'en',
    'Not enough on 1 March. For what it pays as noted today, CHF 35.00 is missing until 31 March; expected money is counted.',
  ],
  [
    'it',
    'Non basta il 1 marzo. Per ciò che paga secondo quanto annotato oggi, fino al 31 marzo mancano CHF 35,00; il denaro atteso è contato.',
  ],
  [
    'es',
    'No alcanza el 1 de marzo. Para lo que paga según lo anotado hoy, hasta el 31 de marzo faltan CHF 35,00; el dinero esperado está contado.',
  ],
  [
    'fr',
    'Insuffisant le 1 mars. Pour ce qu’il paie selon ce qui est noté aujourd’hui, il manque CHF 35,00 jusqu’au 31 mars ; l’argent attendu est compté.',
  ],
  [
    'de',
    'Reicht am 1. März nicht. Für das, was es nach den heutigen Vermerken zahlt, fehlen bis zum 31. März CHF 35.00; erwartetes Geld ist mitgezählt.',
  ],
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
