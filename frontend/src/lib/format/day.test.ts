import { afterEach, describe, expect, test } from 'vitest';
import { language } from '$lib/i18n/locale.svelte';
import { dayAfter, dayPattern, isDay, ofClock, onClock, plainDay, plainTime, writtenDay } from './day';
import { forms } from './forms.svelte';

afterEach(() => {
  language.current = 'en';
  forms.region = '';
  forms.timeZone = '';
});

describe('days in figures', () => {
  test.each([
    ['en', '', '21/12/2026', 'DD/MM/YYYY'],
    ['de', '', '21.12.2026', 'DD.MM.YYYY'],
    ['fr', '', '21/12/2026', 'DD/MM/YYYY'],
    ['it', '', '21/12/2026', 'DD/MM/YYYY'],
    ['es', '', '21/12/2026', 'DD/MM/YYYY'],
    ['fr', 'CH', '21.12.2026', 'DD.MM.YYYY'],
    ['en', 'US', '12/21/2026', 'MM/DD/YYYY'],
  ] as const)('%s %s', (locale, region, written, pattern) => {
    language.current = locale;
    forms.region = region;
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
    ['\u202a21.12.2026\u202c', '2026-12-21'], // copied, with the marks of direction
    ['２１．１２．２０２６', '2026-12-21'],
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

  test.each([
    ['9:30', '09:30'],
    ['9.30', '09:30'],
    ['9h30', '09:30'],
    ['0930', '09:30'],
    ['9 h', '09:00'],
    ['23:59', '23:59'],
    ['24:00', '24:00'],
    ['9:60', '9:60'],
    ['930', '09:30'],
    ['\u200e9:30\u200e', '09:30'],
    ['noon', 'noon'],
    ['', ''],
  ])('%s is the time %s', (typed, time) => expect(plainTime(typed)).toBe(time));

  test('the days of a year that leaps come back from every language and region', () => {
    for (const locale of ['en', 'de', 'fr', 'it', 'es'] as const)
      for (const region of ['', 'CH', 'IT', 'DE', 'AT', 'FR', 'ES', 'GB', 'US']) {
        language.current = locale;
        forms.region = region;
        for (let day = '2028-01-03'; day < '2029-01-01'; day = dayAfter(day, 19)) {
          expect(isDay(day)).toBe(true);
          expect(plainDay(writtenDay(day)), `${locale} ${region}`).toBe(day);
        }
      }
  });

  test('what is no day is shown as it was typed', () => expect(writtenDay('30.2.2026')).toBe('30.2.2026'));
});

describe('moments on the clock of the person', () => {
  test.each([
    ['Europe/Zurich', '2026-12-21T08:30:00.000Z', '2026-12-21T09:30'],
    ['Asia/Kathmandu', '2026-12-21T18:15:00.000Z', '2026-12-22T00:00'],
    ['Europe/Zurich', '2026-03-29T01:30:00.000Z', '2026-03-29T03:30'], // the day of 23 hours
    ['Europe/Zurich', '2026-10-25T00:30:00.000Z', '2026-10-25T02:30'], // the first of two half past two
  ])('%s: %s', (zone, moment, clock) => {
    forms.timeZone = zone;
    expect(onClock(moment)).toBe(clock);
    expect(ofClock(clock)).toBe(moment);
  });

  test.each(['', 'noon', '30.2.2027T00:00', '2026-12-21T25:00', '2026-12-21'])('%s is neither', (text) => {
    expect(onClock(text)).toBe(text);
  });

  test.each(['', 'noon', '30.2.2027T00:00', '2026-12-21T25:00'])('%s stays', (text) => {
    expect(ofClock(text)).toBe(text);
  });
});
