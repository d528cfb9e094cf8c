import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ICONS } from './icons';

test('the list of icons is the sprite’s', () => {
  const sprite = readFileSync(join(import.meta.dirname, '../design/icons.svg'), 'utf8');
  expect([...sprite.matchAll(/symbol id="i-([^"]+)"/g)].map((hit) => hit[1])).toEqual([...ICONS]);
});
