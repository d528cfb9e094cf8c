import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (folder: string, ending: RegExp) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => ending.test(name) && !/\.test\.ts$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(root, folder, name), 'utf8') }));

const sources = read('src', /\.(ts|svelte)$/).filter(({ name }) => !name.startsWith('test'));

/** Whether a name stands in another file than its own. */
const named = (word: string, own = '') =>
  sources.some(({ name, text }) => name !== own && new RegExp(`\\b${word}\\b`).test(text));

/** What nobody asks for is a way in all the same: it goes, with what stands behind it. */
test('the page asks for everything that Go offers it', () => {
  const offered = read('wailsjs/go', /\.d\.ts$/).flatMap(({ name, text }) =>
    [...text.matchAll(/^export function (\w+)/gm)].map(([, method = '']) => ({ name, method })),
  );
  expect(offered.length).toBeGreaterThan(300);
  expect(offered.filter(({ method }) => !named(method))).toEqual([]);
});

test('every call of an area is made by its pages', () => {
  const calls = sources
    .filter(({ name }) => /^areas\/.*api\.ts$/.test(name))
    .flatMap(({ name, text }) =>
      [...text.matchAll(/^export (?:const|async function|function) (\w+).*\bcall\(/gm)].map(([, call = '']) => ({
        name,
        call,
      })),
    );
  expect(calls.length).toBeGreaterThan(300);
  expect(calls.filter(({ name, call }) => !named(call, name))).toEqual([]);
});
