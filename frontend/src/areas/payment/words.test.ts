// Needs a page: what it imports reads window.location.
import { describe, expect, it } from 'vitest';
import { dayNumber, dayOf, monthStarts, series } from './line';
import { fileName } from './files';
import { asOnCard, cardEnd, lesser, exact, minus, shortDay } from './words';
import type { Balance } from './api';

describe('the end of a card', () => {
  it.each([
    ['11/28', '2028-11'],
    ['1/29', '2029-01'],
    ['11/2028', '2028-11'],
    [' 11 . 2028 ', '2028-11'],
    ['2028-11', '2028-11'],
    ['soon', 'soon'],
    ['', ''],
  ])('%s is read as %s', (typed, want) => expect(cardEnd(typed)).toBe(want));

  it('stands in a form as on the card, and comes back the same', () => {
    expect(asOnCard('2028-11')).toBe('11/2028');
    expect(cardEnd(asOnCard('2028-11'))).toBe('2028-11');
    expect(asOnCard('')).toBe('');
  });
});

it.each([
  ['2026-12-01', '1 Dec'],
  ['2027-01-15', '15 Jan'],
  ['2020-02-01', '1 Feb 2020'],
  ['2027-11-20', '20 Nov 2027'],
])('a day is short where it cannot be mistaken: %s', (day, want) => expect(shortDay(day, '2026-11-20')).toBe(want));

describe('amounts stay exact', () => {
  it.each([
    ['141.50', '138.00', '3.50'],
    ['138', '141.5', '-3.50'],
    ['0.30', '0.10', '0.20'],
    ['90071992547409.93', '0.01', '90071992547409.92'],
    ['0.05', '0.10', '-0.05'],
    ['100.00', '12.345', '87.655'],
  ])('%s less %s is %s', (a, b, want) => expect(minus(a, b)).toBe(want));

  it('takes the lesser and reads what is no amount yet as nothing', () => {
    expect(lesser('9.00', '10.00')).toBe('9.00');
    expect(lesser('100.00', '99.99')).toBe('99.99');
    expect(exact('12,')).toBe(0n);
  });
});

describe('the balance line', () => {
  const chf = (amount: string) => ({ amount, currency: 'CHF' });
  const none = chf('');
  const view = {
    today: '2026-11-20',
    balance: chf('412.65'),
    until: '2027-01-31',
    history: [
      { on: '2026-10-01', balance: chf('343.21'), change: none, what: '' },
      { on: '2026-11-06', balance: chf('412.65'), change: none, what: '' },
    ],
    forecast: [
      { on: '2026-12-01', balance: chf('204.33'), change: chf('-208.32'), what: 'Web hosting' },
      { on: '2026-12-15', balance: chf('273.77'), change: chf('69.44'), what: 'cashback' },
      { on: '2026-12-15', balance: chf('263.77'), change: chf('-10.00'), what: 'domain' },
    ],
  } as unknown as Balance;

  it('runs to today, and from today to the horizon', () => {
    const [past, ahead] = series(view, { balance: 'Balance', forecast: 'Forecast' });
    expect(past!.points.map((p) => `${dayOf(p.x)} ${p.y}`)).toEqual([
      '2026-10-01 343.21',
      '2026-11-06 412.65',
      '2026-11-20 412.65',
    ]);
    expect(ahead!.points.map((p) => `${dayOf(p.x)} ${p.y}`)).toEqual([
      '2026-11-20 412.65',
      '2026-12-01 204.33',
      '2026-12-15 263.77',
      '2027-01-31 263.77',
    ]);
    expect(ahead!.points[2]!.text).toBe('CHF\u00a0273.77 · cashback → CHF\u00a0263.77 · domain');
  });

  it('marks the first of each month between two days', () => {
    expect(monthStarts('2026-10-31', '2027-01-01').map(dayOf)).toEqual(['2026-11-01', '2026-12-01', '2027-01-01']);
    expect(dayOf(dayNumber('2028-02-29'))).toBe('2028-02-29');
  });
});

it('names files after what they hold', () => {
  expect(fileName(['Hôtel Tre Larici & Co.', 'Estratto conto', '2026-11-01'], 'pdf')).toBe(
    'hotel-tre-larici-co-estratto-conto-2026-11-01.pdf',
  );
  expect(fileName([''], 'csv')).toBe('kontor.csv');
});
