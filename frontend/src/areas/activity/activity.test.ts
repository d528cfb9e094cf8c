// Needs a page: what it imports reads window.location.
import { beforeEach, expect, test } from 'vitest';
import { language } from '$lib/i18n';
import type { Day, Term } from './api';
import { chosen, rangeOf, withChoice, withRange } from './journal.svelte';
import { gaps, selection } from './strip';
import { all, suggest, tails } from './suggest';
import { chip, day } from './words';

const term = (key: string, values: string[], more: Partial<Term> = {}): Term => ({
  key,
  values,
  not: false,
  exact: false,
  problem: '',
  text: `${more.not ? '-' : ''}${key ? `${key}:` : ''}${values.join(',')}`,
  ...more,
});

const days = (from: string, n: number, silent: number[] = []): Day[] =>
  Array.from({ length: n }, (_, i) => {
    const at = new Date(`${from}T00:00:00Z`);
    at.setUTCDate(at.getUTCDate() + i);
    return { date: at.toISOString().slice(0, 10), count: silent.includes(i) ? 0 : 1, gap: silent.includes(i) };
  });

const catalogue = {
  products: ['drive', 'domain'],
  actions: ['invoice_generated', 'item_deleted'],
  groups: ['deleted'],
  results: ['ok', 'failed'],
  fields: ['moment'],
};
const people = [
  { id: 'a1', name: 'Matteo Ferri' },
  { id: 'a2', name: 'Lucie Amsler' },
  { id: 'a3', name: 'Lucie Amsler' },
  { id: 'a4', name: '' },
];

beforeEach(() => {
  language.current = 'en';
});

test('chips say in words what they filter', () => {
  expect(chip(term('product', ['drive', 'domain']))).toBe('product: kDrive, Domain');
  expect(chip(term('actor', ['me'], { not: true }))).toBe('not person: me');
  expect(chip(term('actor', ['a2']), people)).toBe('person: Lucie Amsler');
  expect(chip(term('since', ['30d']))).toBe('since: last 30 days');
  expect(chip(term('', ['a b'], { exact: true }))).toBe('“a b”');
  expect(chip({ ...term('', []), problem: 'unknown_filter', text: 'foo:bar' })).toBe('foo:bar');
  language.current = 'fr';
  expect(chip(term('action', ['item_deleted']))).toBe('action: élément supprimé');
  expect(day('today')).toBe('aujourd’hui');
});

test.each([
  ['inv', ['inv']],
  ['a b -inv', ['a b -inv', 'b -inv', '-inv']],
  ['actor:"Mat Fe', ['actor:"Mat Fe']],
  ['x "a b', ['x "a b', '"a b']],
  ['done ', []],
])('the ends of %s', (typed, ends) => {
  expect(tails(typed).map((one) => one.tail)).toEqual(ends);
  for (const { head, tail } of tails(typed)) expect(head + tail).toBe(typed);
});

test('words of the interface lead to filters', () => {
  const offered = all(catalogue, people);
  const texts = (typed: string) => suggest(offered, typed).found.map((one) => one.text);
  expect(texts('invoice')).toEqual(['action:invoice_generated']);
  expect(texts('matteo f')).toEqual(['actor:"Matteo Ferri"']);
  expect(suggest(offered, 'draft invoice gen')).toMatchObject({
    head: 'draft ',
    found: [{ text: 'action:invoice_generated' }],
  });
  expect(texts('lucie')).toEqual(['actor:a2', 'actor:a3']); // two of one name: by id
  expect(texts('-kdr')).toEqual(['-product:drive']);
  expect(texts('product:d')).toEqual(['product:drive', 'product:domain']);
  expect(texts('x')).toEqual([]);
  language.current = 'de';
  expect(suggest(all(catalogue, people), 'rechn').found[0]).toEqual({
    text: 'action:invoice_generated',
    label: 'Aktion: Rechnung erstellt',
  });
});

test('the strip shows the days that the query leaves', () => {
  const list = days('2026-10-01', 31);
  expect(selection(list, [])).toBeUndefined();
  expect(selection(list, [term('since', ['2026-10-30'])])).toEqual({ from: 29, to: 30 });
  expect(selection(list, [term('since', ['6d'])])).toEqual({ from: 24, to: 30 });
  expect(selection(list, [term('since', ['1w']), term('until', ['2026-10-28'])])).toEqual({ from: 23, to: 27 });
  expect(selection(list, [term('on', ['2026-10-25'])])).toEqual({ from: 24, to: 24 });
  expect(selection(list, [term('since', ['1y'])])).toEqual({ from: 0, to: 30 });
  expect(selection(list, [term('since', ['2026-12-01'])])).toBeUndefined();
  expect(selection(list, [term('since', ['2026-10-30'], { not: true })])).toBeUndefined();
  expect(selection(days('2026-03-01', 31), [term('since', ['1m'])])).toEqual({ from: 0, to: 30 });
});

test('gaps are stretches', () => {
  expect(gaps(days('2026-10-01', 12, [3, 4, 5, 9, 10]))).toEqual([
    { from: 3, to: 5 },
    { from: 9, to: 10 },
  ]);
});

test('a range takes the place of the dates and nothing else', () => {
  const terms = [
    term('product', ['drive']),
    term('since', ['30d']),
    term('on', ['2026-01-01'], { not: true }),
    term('', ['invoice']),
  ];
  expect(withRange(terms, '2026-10-01', '')).toBe('product:drive -on:2026-01-01 invoice since:2026-10-01');
  expect(withRange(terms, '', '')).toBe('product:drive -on:2026-01-01 invoice');
});

test('a menu chooses among what is typed and leaves the rest', () => {
  const terms = [
    term('product', ['drive']),
    term('product', ['vod'], { not: true }),
    term('since', ['30d']),
    term('', ['invoice']),
  ];
  expect(chosen(terms, 'product')).toEqual(['drive']);
  expect(withChoice(terms, 'product', ['drive', 'domain'])).toBe('-product:vod since:30d invoice product:drive,domain');
  expect(withChoice(terms, 'product', [])).toBe('-product:vod since:30d invoice');
  expect(withChoice(terms, 'action', ['deleted'])).toBe('product:drive -product:vod since:30d invoice action:deleted');
  expect(rangeOf(terms)).toEqual({ since: '30d', until: '' });
  expect(rangeOf([term('on', ['2026-01-02'])])).toEqual({ since: '2026-01-02', until: '2026-01-02' });
});
