import { beforeEach, expect, test } from 'vitest';
import { language } from '$lib/i18n';
import { listMark } from './words';

beforeEach(() => {
  language.current = 'en';
});

test('a list that is not in force says so where it is chosen', () => {
  const list = (validFrom: string, inForce = false) => ({ currency: 'CHF', inForce, validFrom });
  expect(listMark(list('2026-09-01', true), '2026-11-28')).toBeUndefined();
  expect(listMark(list('2026-09-01'), '2026-11-28')).toBe('expired');
  expect(listMark(list('2027-01-01'), '2026-11-28')).toBe('not yet');
});
