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

// The same cases as in internal/core/words.
test.each([
  ['scade il {day}', '11 mar 2026', 'scade l’11 mar 2026'],
  ['Il {day} scade', '8.1.2026', 'L’8.1.2026 scade'],
  ['dal {day} al {to}', '11 mar', 'dall’11 mar al {to}'],
  ['del {day}', '80 %', 'dell’80 %'],
  ['fino al {day}', '110', 'fino al 110'],
  ['fino al {day}', '1 mar', 'fino al 1 mar'],
  ['tutto {day}', '8', 'tutto 8'],
  ['il\n{day}', '8', 'il\n8'],
])('an Italian article elides before eight and eleven: %s, %s', (text, day, said) => {
  expect(say(text, 'it', { day })).toBe(said);
  expect(say(text, 'de', { day })).toBe(text.replace('{day}', day));
});

test('a text is said in another language, too, and a code may have none', () => {
  expect(m.quote_title({}, { locale: 'it' })).toBe('Preventivi');
  expect(word('field_constructor')).toBeUndefined();
  expect(word('constructor')).toBeUndefined();
});
