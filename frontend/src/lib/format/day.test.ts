import { afterEach, describe, expect, test } from 'vitest';
import { language } from '$lib/i18n/locale.svelte';
import { dayAfter, dayPattern, isDay, plainDay, writtenDay } from './day';
import { forms } from './forms.svelte';

afterEach(() => {
  language.current = 'en';
  forms.locale = '';
});

describe('days in figures', () => {
  test.each([
    ['en', '', '21/12/2026', 'DD/MM/YYYY'],
    ['de', '', '21.12.2026', 'DD.MM.YYYY'],
    ['fr', '', '21/12/2026', 'DD/MM/YYYY'],
    ['it', '', '21/12/2026', 'DD/MM/YYYY'],
    ['es', '', '21/12/2026', 'DD/MM/YYYY'],
    ['fr', 'fr-CH', '21.12.2026', 'DD.MM.YYYY'],
    ['en', 'en-US', '12/21/2026', 'MM/DD/YYYY'],
  ] as const)('%s %s', (locale, region, written, pattern) => {
    language.current = locale;
    forms.locale = region;
    expect(writtenDay('2026-12-21')).toBe(written);
    expect(dayPattern('DMY')).toBe(pattern);
    expect(plainDay(written)).toBe('2026-12-21');
  });

  test.each([
    ['2026-12-21', '2026-12-21'],
    ['2026-1-2', '2026-01-02'],
    ['2026/12/21', '2026-12-21'],
    [' 21.12.2026 ', '2026-12-21'],
    ['1.2.26', '2026-02-01'],
    ['1 2 2026', '2026-02-01'],
    ['21122026', '2026-12-21'],
    ['29.2.2028', '2028-02-29'],
  ])('%s is a day', (typed, day) => expect(plainDay(typed)).toBe(day));

  test.each([
    '',
    '21',
    '21.12',
    '30.2.2026',
    '29.02.2027',
    '12/21/2026',
    '21.12.226',
    '2.2.2.2026',
    'tomorrow',
    '٢١.١٢.٢٠٢٦',
  ])('%s is none and stays', (typed) => expect(plainDay(typed)).toBe(typed));

  test('every day of ten years comes back from every language', () => {
    for (const locale of ['en', 'de', 'fr', 'it', 'es'] as const) {
      language.current = locale;
      for (let day = '2020-01-01'; day < '2030-01-01'; day = dayAfter(day, 1)) {
        expect(isDay(day)).toBe(true);
        expect(plainDay(writtenDay(day))).toBe(day);
      }
    }
  });

  test('what is no day is shown as it was typed', () => expect(writtenDay('30.2.2026')).toBe('30.2.2026'));
});
