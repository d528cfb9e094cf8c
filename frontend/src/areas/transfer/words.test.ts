import { expect, test } from 'vitest';
import { brief } from '$lib/format';
import { forms } from '$lib/format/forms.svelte';
import { LOCALES, language } from '$lib/i18n';
import { causeWord, causes, daysLeft, handWord, moment, remedyWord, whyWord } from './words';

test('every cause has its words in every language', () => {
  for (const locale of LOCALES) {
    language.current = locale;
    for (const { value: cause } of causes()) {
      expect(causeWord(cause), `${locale} ${cause}`).not.toBe(cause);
      expect(remedyWord(cause), `${locale} ${cause}`).not.toBe(cause);
      expect(whyWord(cause, 'Nordhost'), `${locale} ${cause}`).not.toBe(whyWord('', 'Nordhost'));
    }
  }
  language.current = 'en';
});

test('a registrar without a name is spoken of', () => {
  expect(handWord('you', '')).toBe('You, at the current registrar');
  expect(handWord('you', 'Nordhost')).toBe('You, at Nordhost');
});

test('days left are whole ones', () => {
  const now = new Date('2026-11-20T12:00:00Z');
  expect(daysLeft('2026-11-28T15:04:00Z', now)).toBe(8);
  expect(daysLeft('2026-11-20T13:00:00Z', now)).toBe(0);
});

test('a moment is written on the clock of the person', () => {
  forms.timeZone = 'Asia/Kathmandu';
  expect(moment('2026-11-28T15:04:00Z')).toBe('28 Nov 2026, 20:49');
  expect(brief('2026-11-28T15:04:00Z')).toBe('28 Nov, 20:49');
  forms.timeZone = '';
  expect(moment('2026-11-28T15:04:00Z')).toMatch(/^28 Nov 2026, \d\d:04$/);
});
