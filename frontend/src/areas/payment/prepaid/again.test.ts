import { expect, test } from 'vitest';
import type { PriceLine } from '../api';
import { guess } from './again';

const line = (id: string, name: string, product = ''): PriceLine => ({ id, name, product });
const lines = [line('m', 'Mail service'), line('p', 'Mail service Pro'), line('w', '', 'web_hosting')];

test.each([
  ['Mail service, 8 addresses', { line: 'm', quantity: '8' }],
  ['mail SERVICE', { line: 'm', quantity: '1' }],
  ['Mail service Pro, 3', { line: 'p', quantity: '3' }],
  ['Web hosting, 35 sites', { line: 'w', quantity: '35' }],
  ['Mail service, 0 addresses', { line: 'm', quantity: '1' }],
  ['A domain', undefined],
  ['', undefined],
])('%s', (title, wanted) => expect(guess(title, lines)).toEqual(wanted));
