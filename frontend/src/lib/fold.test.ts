import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fold } from './fold';

test.each([
  ['Straße', 'strasse'],
  ['SØRENSEN', 'sorensen'],
  ['Łukasz', 'lukasz'],
  ['Período', 'periodo'],
  ['ÀÉÎõü', 'aeiou'],
  ['  Web\u00a0hosting ', 'web hosting'],
  ['ﬁbra １２', 'fibra 12'],
])('%s is %s', (text, folded) => expect(fold(text)).toBe(folded));

test('every text of the table that Go is held to is folded alike', () => {
  const path = join(import.meta.dirname, '../../../internal/core/text/testdata/folded.json');
  const wrong = [];
  for (const [text, wanted] of JSON.parse(readFileSync(path, 'utf8')) as [string, string][]) {
    const got = fold(text);
    if (got !== wanted) wrong.push({ text: JSON.stringify(text), got, wanted });
  }
  expect(wrong).toEqual([]);
});
