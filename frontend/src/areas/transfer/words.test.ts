import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { brief } from '$lib/format';
import { forms } from '$lib/format/forms.svelte';
import { LOCALES, language } from '$lib/i18n';
import type { Check } from './api';
import { causeWord, causes, checkWord, daysLeft, handWord, moment, remedyWord, whyWord } from './words';

const go = (file: string) =>
  readFileSync(join(import.meta.dirname, '../../../../internal/area/transfer', file), 'utf8');

/** The causes as Go declares them. */
const declared = [...go('cause.go').matchAll(/^\t\w+\s+Cause = "(\w+)"/gm)].map((hit) => hit[1]!);

test('every cause that Go knows has its words in every language', () => {
  expect(declared.length).toBe(17);
  expect(causes().map((cause) => cause.value)).toEqual(declared);
  for (const locale of LOCALES) {
    language.current = locale;
    for (const cause of declared) {
      expect(causeWord(cause), `${locale} ${cause}`).not.toBe(cause);
      expect(remedyWord(cause), `${locale} ${cause}`).not.toBe(cause);
      expect(whyWord(cause, 'Nordhost'), `${locale} ${cause}`).not.toBe(whyWord('', 'Nordhost'));
    }
  }
  language.current = 'en';
});

test('every note of a check has its words', () => {
  const notes = [...go('preflight.go').matchAll(/c\.Note(?:, c\.\w+)* = \w+, "(\w+)"/g)].map((hit) => hit[1]!);
  notes.push('no_records', 'records');
  expect(notes.length).toBeGreaterThan(15);
  for (const note of notes) {
    const check: Check = {
      question: 'active',
      verdict: 'passed',
      note,
      day: '2026-11-20',
      at: '2026-11-20T12:00:00Z',
      count: 3,
      mine: false,
    };
    expect(checkWord(check), note).not.toBe(note);
  }
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
