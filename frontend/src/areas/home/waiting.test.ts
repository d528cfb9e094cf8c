// Needs a page: what it imports reads window.location.
import { afterEach, expect, test } from 'vitest';
import { language, type Locale } from '$lib/i18n';
import type { Waiting as Line } from '$lib/backend/home';
import { leads, standsFor } from '$lib/waiting.svelte';
import { detail, icon, matches, title, tone } from './waiting';

const line = (more: Partial<Line>): Line => ({
  key: 'waiting/-',
  news: '1',
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

test('one line that is told for several counts as many', () => {
  expect(standsFor(line({ key: 'clients_unanswered/-', params: { count: '8' } }))).toBe(8);
  expect(standsFor(line({ key: 'card/visa', params: { count: '2' } }))).toBe(1); // of what the one line is about
  expect(standsFor(line({}))).toBe(1);
});

test('failure has a sign of its own, everything else that of its area', () => {
  expect(icon(line({ urgency: 'failed' }))).toBe('danger');
  expect(icon(line({}))).toBe('settings');
  expect(tone(line({ urgency: 'failed' }))).toBe('is-danger');
});

afterEach(() => (language.current = 'en'));

test.each([
  ['en', 'CHF\u00a01,138.00'],
  ['it', 'CHF\u00a01.138,00'],
  ['es', 'CHF\u00a01.138,00'],
  ['fr', 'CHF\u00a01\u202f138,00'],
  ['de', 'CHF\u00a01’138.00'],
] as [Locale, string][])('amounts are written as %s writes them', (locale, wanted) => {
  language.current = locale;
  const params = { amount: 'CHF 1138.00', product: 'corte-solari.ch', reference: '20614' };
  for (const kind of ['money_cancelled_order', 'money_unmatched', 'cover_short'])
    expect(title(line({ kind, params }))).toContain(wanted);
  expect(detail(line({ kind: 'cover_card_expired', params }))).toContain(wanted);
});
