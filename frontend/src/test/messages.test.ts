import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LOCALES } from '$lib/i18n';

const dir = join(import.meta.dirname, '../../messages');
const areas = readdirSync(join(dir, 'en')).sort();
const CODES = /^(fault|reason|field|act|home|todo)_/;

/**
 * Texts that are rightly the same as in English (names, words that two languages share): messages/same/<area>.txt,
 * one "locale key" a line.
 */
const SAME = new Set(
  readdirSync(join(dir, 'same')).flatMap((file) =>
    readFileSync(join(dir, 'same', file), 'utf8')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  ),
);

type Text = string | { declarations?: string[]; match: Record<string, string> }[];
const read = (locale: string, area: string) =>
  JSON.parse(readFileSync(join(dir, locale, area), 'utf8')) as Record<string, Text>;
const variants = (text: Text) =>
  typeof text === 'string' ? [text] : text.flatMap((variant) => Object.values(variant.match));
const places = (text: Text) =>
  [...new Set(variants(text).flatMap((one) => [...one.matchAll(/\{(\w+)\}/g)].map((hit) => hit[1])))].sort();

test.each(LOCALES)('%s has the same files as English', (locale) => {
  expect(readdirSync(join(dir, locale)).sort()).toEqual(areas);
});

describe.each(areas)('%s', (area) => {
  const english = read('en', area);

  test('keys carry the name of their area, or are codes', () => {
    const name = area.replace('.json', '');
    expect(Object.keys(english).filter((key) => !key.startsWith(`${name}_`) && !CODES.test(key))).toEqual([]);
  });

  test.each(LOCALES.filter((locale) => locale !== 'en'))('%s says all of it', (locale) => {
    const texts = read(locale, area);
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(texts)) {
      const origin = english[key]!;
      expect(places(text), `${locale} ${key}: places`).toEqual(places(origin));
      for (const one of variants(text)) expect(one.trim(), `${locale} ${key}: empty`).not.toBe('');
      if (!SAME.has(`${locale} ${key}`)) expect(text, `${locale} ${key}: still English`).not.toEqual(origin);
    }
  });
});

test.each(LOCALES)('%s: no exclamation marks', (locale) => {
  for (const area of areas)
    for (const [key, text] of Object.entries(read(locale, area)))
      for (const one of variants(text)) expect(one, `${locale} ${key}`).not.toMatch(/[!¡]/);
});

test('no key is defined twice', () => {
  const seen = new Map<string, string>();
  for (const area of areas)
    for (const key of Object.keys(read('en', area))) {
      expect(seen.get(key), `${key} in ${area}`).toBeUndefined();
      seen.set(key, area);
    }
});

test('the list of equal texts holds nothing stale', () => {
  const equal = new Set<string>();
  for (const locale of LOCALES)
    for (const area of areas) {
      const english = read('en', area);
      for (const [key, text] of Object.entries(read(locale, area)))
        if (locale !== 'en' && JSON.stringify(text) === JSON.stringify(english[key])) equal.add(`${locale} ${key}`);
    }
  expect([...SAME].filter((line) => !equal.has(line))).toEqual([]);
});
