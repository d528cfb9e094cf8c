import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { language, type Locale } from '$lib/i18n';
import { bytes, clock, date, exact, moment, money, number, percent, relative, tag, today, writtenDay } from '.';
import { forms } from './forms.svelte';

function inLanguage<T>(locale: Locale, ask: () => T): T {
  language.current = locale;
  return ask();
}

describe('figures are text and stay exact', () => {
  test.each([
    ['en', '1,234,567.89'],
    ['de', '1’234’567.89'],
    ['fr', '1\u202f234\u202f567,89'],
    ['it', '1.234.567,89'],
    ['es', '1.234.567,89'],
  ] as const)('%s', (locale, wanted) => {
    expect(inLanguage(locale, () => number('1234567.89'))).toBe(wanted);
  });

  test('more digits than a float holds', () => {
    expect(number('9007199254740993.123456789012345678')).toBe('9,007,199,254,740,993.123456789012345678');
  });

  test('zeros at the end are kept: 19.90 is a price', () => {
    expect(money({ amount: '19.90', currency: 'CHF' })).toBe('CHF\u00a019.90');
  });

  test('negative amounts carry a true minus before their figure', () => {
    expect(money({ amount: '-5.00', currency: 'CHF' })).toBe('CHF\u00a0−5.00');
  });

  test.each(['', 'abc', '1e9', 'NaN', '1.2.3'])('%s is not a figure and stays', (text) => {
    expect(number(text)).toBe(text);
  });

  test('rates', () => {
    expect(percent('12.5')).toBe('12.5\u00a0%');
    expect(inLanguage('it', () => percent('12.5'))).toBe('12,5\u00a0%');
  });
});

test('bytes', () => {
  expect([0, 999, 1000, 1_449_000, 99_960_000, 2_500_000_000_000].map(bytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '1.4 MB',
    '100 MB',
    '2.5 TB',
  ]);
});

describe('time', () => {
  const now = new Date('2026-11-20T12:00:00Z');

  test.each([
    ['2026-11-20T11:59:50Z', 'now'],
    ['2026-11-20T11:58:00Z', '2 min ago'],
    ['2026-11-20T09:00:00Z', '3 hr ago'],
    ['2026-11-19T11:00:00Z', 'yesterday'],
    ['2026-11-30T12:00:00Z', 'in 10 days'],
    ['2026-08-18T12:00:00Z', '18 Aug 2026'],
  ])('%s is %s', (moment, wanted) => {
    expect(relative(moment, now)).toBe(wanted);
  });

  test.each([
    ['en', '2026-11-20T11:48:00Z', 'today, 11:48'],
    ['it', '2026-11-20T00:00:00Z', 'oggi, 00:00'],
    ['en', '2026-11-19T23:59:00Z', 'yesterday, 23:59'],
    ['de', '2026-11-19T00:00:00Z', 'gestern, 00:00'],
    ['en', '2026-11-18T16:31:00Z', '18 Nov, 16:31'],
    ['en', '2026-01-01T00:00:00Z', '1 Jan, 00:00'],
    ['en', '2025-12-31T23:59:00Z', '31 Dec 2025, 23:59'],
    ['fr', '2026-11-20T11:48:00Z', 'aujourd’hui, 11:48'],
    ['en', 'soon', 'soon'],
  ] as const)('%s: %s stands in a list as %s', (locale, at, wanted) => {
    forms.timeZone = 'UTC';
    expect(inLanguage(locale, () => moment(at, now))).toBe(wanted);
    forms.timeZone = '';
  });

  test('a day is a day in every zone', () => {
    expect(date('2026-01-01')).toBe('1 Jan 2026');
    expect(inLanguage('de', () => date('2026-01-01'))).toBe('1. Jan. 2026');
  });

  test('the exact moment names its zone', () => {
    expect(exact('2026-11-20T12:00:00Z')).toMatch(/2026.*(GMT|UTC|CET)/);
  });

  test('text that is no moment stays', () => {
    expect([relative('soon'), exact('soon'), date('soon')]).toEqual(['soon', 'soon', 'soon']);
  });

  test('the person’s zone decides what time and which day it is', () => {
    language.current = 'en';
    forms.timeZone = 'Asia/Tokyo';
    expect(clock('2026-11-20T12:00:00Z')).toBe('21:00');
    expect(today(new Date('2026-11-20T16:00:00Z'))).toBe('2026-11-21');
    expect(date('2026-11-20T16:00:00Z')).toBe('21 Nov 2026');
    expect(date('2026-11-20')).toBe('20 Nov 2026');
    expect(relative('2026-11-19T14:00:00Z', new Date('2026-11-20T16:00:00Z'))).toBe('2 days ago'); // 19th and 21st there
    forms.timeZone = 'UTC';
    expect(clock('2026-11-20T12:00:00Z')).toBe('12:00');
    forms.timeZone = '';
  });
});

interface Case {
  language: Locale;
  region: string;
  tag: string;
  number: Record<string, string>;
  money: Record<string, string>;
  percent: Record<string, string>;
  day: Record<string, string>;
  figures: Record<string, string>;
  clock: Record<string, string>;
}
const written = '../../../../internal/core/words/testdata/figures.json';
const cases = JSON.parse(readFileSync(join(import.meta.dirname, written), 'utf8')) as Case[];

test.each(cases)('$tag writes as Go does', (one) => {
  language.current = one.language;
  forms.region = one.region;
  forms.timeZone = 'UTC';
  expect(tag()).toBe(one.tag);
  const same = (write: (text: string) => string, table: Record<string, string>) =>
    expect(Object.fromEntries(Object.keys(table).map((text) => [text, write(text)]))).toEqual(table);
  same(number, one.number);
  same((amount) => money({ amount, currency: 'CHF' }), one.money);
  same(percent, one.percent);
  same(date, one.day);
  same(writtenDay, one.figures);
  same((moment) => clock(moment).replaceAll('\u202f', ' '), one.clock);
  forms.region = '';
  forms.timeZone = '';
});
