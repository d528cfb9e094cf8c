import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { language, type Locale } from '$lib/i18n';
import { number, readNumber, refusedText, typedRefused } from '.';
import { forms } from './forms.svelte';
import { locale, separators } from './locale';

const REGIONS = [
  'en-GB',
  'en-CH',
  'en-US',
  'es-CH',
  'it',
  'it-IT',
  'it-CH',
  'es',
  'es-ES',
  'fr',
  'fr-FR',
  'fr-CH',
  'de',
  'de-CH',
  'de-DE',
  'de-AT',
];

const plain = (of: string, typed: string, unit?: string) => {
  const read = readNumber(typed, of, unit);
  return 'value' in read ? read.value : `refused: ${read.refused}`;
};

describe('what a person types', () => {
  test.each([
    ['en', '1,234.50', '1234.50'],
    ['en', '1,234', '1234'],
    ['en', '12,5', '12.5'],
    ['en', ' 35 ', '35'],
    ['en', '−3', '-3'],
    ['en', '+3', '3'],
    ['en', '.5', '0.5'],
    ['en', '007', '7'],
    ['en', '', ''],
    ['en', '1.234,50', '1234.50'],
    ['de-CH', '1’234.50', '1234.50'],
    ['de-CH', "1'234,50", '1234.50'],
    ['it-CH', '1’234.50', '1234.50'],
    ['fr-CH', '1 234.50', '1234.50'],
    ['de-CH', '1,234.50', '1234.50'],
    ['de-DE', '1.234,50', '1234.50'],
    ['de-AT', '1.234', '1234'],
    ['it', '1.234,50', '1234.50'],
    ['it', '1.234', '1234'],
    ['it', '1,475', '1.475'],
    ['it', '12.5', '12.5'],
    ['it', '0.125', '0.125'],
    ['fr', '1 234,5', '1234.5'],
    ['fr', '1\u202f234,5', '1234.5'],
    ['fr', '1.234,50', '1234.50'],
    ['es', '1.234.567', '1234567'],
  ])('%s: "%s" is "%s"', (of, typed, wanted) => {
    expect(plain(of, typed)).toBe(wanted);
  });

  const slips = [
    '12..50',
    '12,,50',
    '1.25.5',
    '10.5.3',
    '1,5,0',
    '20.11.2026',
    '1’2',
    '12 50',
    '1_000',
    '1e3',
    '5.',
    '12,',
    '-',
    '--5',
    '+-5',
    'abc',
    '1’234 567',
    '1,23,456',
    '12.34,56',
    '12,34.56',
    '0,123.5',
    "1''000",
    '٣',
    'NaN',
  ];
  test.each(REGIONS)('%s: a slip is refused, and nothing is dropped from it', (of) => {
    for (const typed of slips) expect(plain(of, typed), typed).toBe('refused: not_a_number');
  });

  test.each([
    ['fr', '1.234', '1234', '1.234'],
    ['de-CH', '1,234', '1234', '1.234'],
  ])('%s: what has two meanings, %s, is told with both', (of, typed, ...both) => {
    const read = readNumber(typed, of);
    expect(read).toMatchObject({ refused: 'number_ambiguous' });
    expect(Object.values(('params' in read && read.params) || {}).sort()).toEqual(both.sort());
  });
});

describe('what stands beside the digits', () => {
  test.each([
    ['CHF', 'CHF 1’234.50', '1234.50'],
    ['CHF', 'Fr. 12.50', '12.50'],
    ['CHF', '12.50 chf', '12.50'],
    ['CHF', 'CHF\u00a0−5.00', '-5.00'],
    ['CHF', '−\u00a0CHF\u00a05.00', '-5.00'],
    ['CHF', 'CHF -5', '-5'],
    ['EUR', '€12.50', '12.50'],
    ['EUR', '12.50€', '12.50'],
    ['EUR', 'CHF 12.50', 'refused: wrong_currency'],
    ['CHF', '$5', 'refused: wrong_currency'],
    ['%', '8.1 %', '8.1'],
    ['%', '8.1%', '8.1'],
    ['%', '8.1 CHF', 'refused: not_a_number'],
    ['CHF', '8.1 %', 'refused: not_a_number'],
    ['', '8.1 %', 'refused: not_a_number'],
    [undefined, 'CHF 8.1', 'refused: not_a_number'],
  ])('in a field of %s "%s" is %s', (unit, typed, wanted) => {
    expect(plain('de-CH', typed, unit)).toBe(wanted);
  });
});

/** The same numbers every time: a failure can be looked at again. */
function* values(): Generator<string> {
  let seed = 20261128;
  const next = (below: number) => (seed = (seed * 48271) % 2147483647) % below;
  for (const whole of ['0', '5', '999', '1000', '1475', '12345', '999999', '1000000', '9007199254740993'])
    for (const fraction of ['', '5', '05', '50', '475', '000', '3333', '125000', '000001'])
      for (const sign of ['', '-']) yield sign + whole + (fraction && `.${fraction}`);
  for (let i = 0; i < 2000; i++) {
    const whole = String(next(10 ** next(10)) || 0);
    const decimals = next(7);
    const fraction = decimals ? String(next(10 ** decimals)).padStart(decimals, '0') : '';
    yield (next(2) ? '-' : '') + whole + (fraction && `.${fraction}`);
  }
}

test.each(REGIONS)('%s: what is shown can be typed back, whatever it is', (of) => {
  const [spoken, region = ''] = of.split('-');
  language.current = spoken as Locale;
  forms.region = region;
  expect(locale().startsWith(of)).toBe(true);
  expect(separators(of)).toEqual(separators());
  for (const value of values()) {
    expect(plain(locale(), number(value)), value).toBe(value);
    expect(plain(locale(), `CHF\u00a0${number(value)}`, 'CHF'), value).toBe(value);
  }
  forms.region = '';
});

test('a refused text is taken for a number by nobody', () => {
  expect(refusedText('1234.567')).not.toMatch(/^\d/);
  expect(Number(refusedText('5'))).toBeNaN();
  expect(typedRefused(refusedText('12..50'))).toBe('12..50');
  expect([typedRefused(''), typedRefused('5')]).toEqual([undefined, undefined]);
});

describe('the table that the reader in Go is held to', () => {
  interface Case {
    typed: string;
    locale: string;
    percent?: boolean;
    currency?: string;
    value?: string;
    refusal?: string;
  }
  const table = (name: string): unknown =>
    JSON.parse(readFileSync(join(import.meta.dirname, '../../../../internal/core/input/testdata', name), 'utf8'));
  const cases = table('figures.json') as Case[];
  test('reads every line alike', () => {
    for (const one of cases) {
      const read = readNumber(one.typed, one.locale, one.percent ? '%' : one.currency);
      const got = 'value' in read ? read.value || 'required' : read.refused;
      expect(got, JSON.stringify(one)).toBe(one.value ?? one.refusal);
    }
  });

  /** Go says "required" of an empty text; a field is empty then. */
  test('reads every text that Go has drawn alike, and refuses with the same words', () => {
    const wrong = [];
    for (const [typed, of, unit, wanted] of table('figures_drawn.json') as [string, string, string, string][]) {
      const read = readNumber(typed, of, unit);
      const got =
        'value' in read
          ? read.value || 'required'
          : [read.refused, ...Object.entries(read.params ?? {}).flat()].join(' ');
      if (got !== wanted) wrong.push({ typed, of, unit, got, wanted });
    }
    expect(wrong).toEqual([]);
  });
});
