import { expect, test } from 'vitest';
import type { Line } from './api';
import { icon, leads, matches, tone } from './waiting';

const line = (more: Partial<Line>): Line => ({
  area: 'settings',
  kind: 'waiting', // has words: home_waiting
  urgency: 'stale',
  params: {},
  at: '',
  route: '/settings',
  ...more,
});
const now = new Date('2026-11-20T12:00:00');

test('later is what is due after today; the rest waits today', () => {
  expect(matches(line({ at: '2026-11-25T00:00:00Z' }), 'later', now)).toBe(true);
  expect(matches(line({ at: '2026-11-25T00:00:00Z' }), 'today', now)).toBe(false);
  expect(matches(line({ at: '2026-11-01T00:00:00Z' }), 'today', now)).toBe(true);
  expect(matches(line({}), 'today', now)).toBe(true);
  expect(matches(line({}), 'all', now)).toBe(true);
});

test('a line is shown when there are words for it and a place to go', () => {
  expect(leads(line({}))).toBe(true);
  expect(leads(line({ route: '/nowhere/1' }))).toBe(false);
  expect(leads(line({ kind: 'nobody_translated_this' }))).toBe(false);
});

test('failure has a sign of its own, everything else that of its area', () => {
  expect(icon(line({ urgency: 'failed' }))).toBe('danger');
  expect(icon(line({}))).toBe('settings');
  expect(tone(line({ urgency: 'failed' }))).toBe('is-danger');
});
