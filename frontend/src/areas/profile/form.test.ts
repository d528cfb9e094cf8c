import { expect, test } from 'vitest';
import { changes, follow } from './form';

const FIELDS = ['first', 'last', 'phone'] as const;
const shown = { version: 1, first: 'Elena', last: 'Bianchi', phone: '' };

test('only what differs is sent', () => {
  expect(changes(FIELDS, shown, { first: 'Elena', last: 'Brunori', phone: '' })).toEqual({ last: 'Brunori' });
  expect(changes(FIELDS, shown, shown)).toEqual({});
});

test('a newer state fills what nobody touched and leaves what was typed', () => {
  const typed = { first: 'Elena Maria', last: 'Bianchi', phone: '' };
  const next = { version: 2, first: 'Helena', last: 'Brunori', phone: '+41918201806' };
  expect(follow(FIELDS, shown, typed, next)).toEqual({
    typed: { first: 'Elena Maria', last: 'Brunori', phone: '+41918201806' },
    elsewhere: { first: 'Helena' },
  });
});

test('what both typed alike is no news, nor what only this window changed', () => {
  const typed = { first: 'Helena', last: 'Brunori', phone: '' };
  const next = { ...shown, version: 2, first: 'Helena' };
  expect(follow(FIELDS, shown, typed, next)).toEqual({ typed, elsewhere: {} });
});
