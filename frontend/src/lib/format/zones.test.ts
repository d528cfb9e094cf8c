/** The day on which something at Infomaniak ends is written as one day, wherever the computer stands. */
import { afterEach, expect, test } from 'vitest';
import { language } from '$lib/i18n';
import { date } from '.';

const before = process.env.TZ;
afterEach(() => {
  if (before === undefined) delete process.env.TZ;
  else process.env.TZ = before;
});

test.each([
  ['Pacific/Auckland', -780],
  ['America/Los_Angeles', 480],
] as const)('%s', (zone, offset) => {
  process.env.TZ = zone;
  expect(new Date('2027-01-01T12:00:00Z').getTimezoneOffset()).toBe(offset); // the computer has moved indeed
  for (const [locale, winter, summer] of [
    ['en', '1 Jan 2027', '1 Jul 2026'],
    ['de', '1. Jan. 2027', '1. Juli 2026'],
    ['fr', '1 janv. 2027', '1 juil. 2026'],
    ['it', '1 gen 2027', '1 lug 2026'],
    ['es', '1 ene 2027', '1 jul 2026'],
  ] as const) {
    language.current = locale;
    expect([date('2027-01-01'), date('2026-07-01')]).toEqual([winter, summer]);
  }
});
