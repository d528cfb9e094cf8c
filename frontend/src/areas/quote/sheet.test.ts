import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { language } from '$lib/i18n';
import type { Quote } from './api';
import { sheet } from './sheet';

const quote = { number: '2026-0007/2', language: 'de', sentAt: '', created: '2026-11-20T12:00:00Z' } as Quote;

test('every word that Go writes is there, in the recipient’s language, with its places left for Go', () => {
  language.current = 'it';
  const go = ['quote_export.go', 'quote_paper.go'].map((one) => readFileSync(`../app/${one}`, 'utf8')).join('');
  const { words, name, language: of } = sheet(quote, 'pdf');
  const used = [...go.matchAll(/"((?:quote|partner)_[a-z_]+)"/g)].map((match) => match[1]!);
  const whole = used.filter((key) => !key.endsWith('_'));
  expect(whole.length).toBeGreaterThan(30);
  for (const key of whole) expect(words[key], key).toBeTruthy();
  for (const prefix of used.filter((key) => key.endsWith('_')))
    expect(
      Object.keys(words).some((key) => key.startsWith(prefix)),
      prefix,
    ).toBe(true);
  expect(of).toBe('de');
  expect(words.quote_page_title).toBe('Offerte {number}');
  expect(words.partner_vat_swiss).toContain('{rate}');
  expect(name).toMatch(/^offerte-2026-0007-2-.*\.pdf$/);
  expect(sheet(quote, 'csv').words.quote_title).toBe('Preventivi');
});
