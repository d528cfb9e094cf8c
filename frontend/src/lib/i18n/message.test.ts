import { expect, test } from 'vitest';
import { m, word } from '$lib/i18n';
import { say, type Text } from './message';

const counted: Text = [
  {
    declarations: ['input count', 'input who', 'local countPlural = count: plural'],
    selectors: ['countPlural'],
    match: { 'countPlural=one': '{who} has {count} day', 'countPlural=other': '{who} has {count} days' },
  },
];

test.each([
  ['en', 1, 'Elena has 1 day'],
  ['en', 0, 'Elena has 0 days'],
  ['fr', 0, 'Elena has 0 day'],
  ['it', 1_000_000, 'Elena has 1000000 days'], // "many" is said as the last
])('%s says %i in its form', (locale, count, said) => {
  expect(say(counted, locale, { count, who: 'Elena' })).toBe(said);
});

test('a variant is chosen by its input, else the one for anything', () => {
  const text: Text = [
    { declarations: ['input why'], selectors: ['why'], match: { 'why=full': 'Full', 'why=*': '{why}' } },
  ];
  expect(say(text, 'en', { why: 'full' })).toBe('Full');
  expect(say(text, 'en', { why: 'shut' })).toBe('shut');
});

test('what is put into a place is never read for places; a place without an input stays', () => {
  expect(say('{a} and {b}', 'en', { a: '{b}' })).toBe('{b} and {b}');
});

test('a text is said in another language, too, and a code may have none', () => {
  expect(m.quote_title({}, { locale: 'it' })).toBe('Preventivi');
  expect(word('field_constructor')).toBeUndefined();
  expect(word('constructor')).toBeUndefined();
});
