import { afterEach, expect, test } from 'vitest';
import { language, LOCALES } from '$lib/i18n';
import type { Board, Fact } from '$lib/backend/home';
import type { ConnectionState } from '$lib/backend/mirror';
import { connection } from '$lib/mirror.svelte';
import { listed, looked, notLooked, rows } from './knows';

const facts: Fact[] = [
  { kind: 'address', count: 1, hidden: false },
  { kind: 'vat_number', count: 0, hidden: false },
  { kind: 'logos', count: 2, hidden: false },
  { kind: 'renewals', count: 9, hidden: false },
  { kind: 'bookings', count: 0, hidden: false },
  { kind: 'clients', count: 1, hidden: false },
  { kind: 'quotes', count: 0, hidden: false },
  { kind: 'transfers', count: 0, hidden: true },
  { kind: 'copies', count: 0, hidden: false },
];
const board = (more: Partial<Board> = {}): Board => ({
  state: 'quiet',
  lines: [],
  later: [],
  next: [],
  dealt: [],
  tasks: 0,
  facts,
  steps: [],
  hidden: false,
  ...more,
});

afterEach(() => (language.current = 'en'));

test('what was looked at is told in numbers, and only what there is', () => {
  expect(listed(looked(board()))).toBe('9 renewals and one client');
  expect(listed(looked(board({ tasks: 2 })))).toBe('9 renewals, one client and 2 things to do in the Manager');
});

test('what the role does not see was not looked at, and never is the account at Infomaniak', () => {
  const [role, service] = notLooked(board());
  expect(role).toBe('Domain transfers: not visible to your role');
  expect(service).toContain('Infomaniak');
  expect(notLooked(board({ facts: [] }))).toHaveLength(1);
});

test('connected, what was not looked at is what came after the last reading', () => {
  const said = (more: object) => {
    connection.set({ here: true, frozen: false, frozenAt: '', lastCompleteAt: '', ...more } as ConnectionState);
    return notLooked(board({ facts: [] })).join();
  };
  expect(said({})).toContain('not read as a whole yet');
  expect(said({ lastCompleteAt: '2026-11-20T10:00:00Z' })).toMatch(/what happened at Infomaniak after .*20 Nov/);
  expect(said({ frozen: true, frozenAt: '2026-10-02T10:00:00Z' })).toMatch(/a copy of .*2 Oct/);
  expect(said({ here: false })).toContain('which Kontor does not read');
});

test('not known, none and zero are three different words', () => {
  const values = Object.fromEntries(rows(facts).map((row) => [row.kind, row.value]));
  expect(values).toMatchObject({
    organization: 'name, country, address and logo',
    renewals: '9',
    bookings: 'not known',
    quotes: '0',
    transfers: 'not for your role',
    copies: 'none',
  });
});

test.each(LOCALES)('everything is said in %s', (locale) => {
  language.current = locale;
  const said = [
    ...looked(board({ tasks: 1 })),
    ...notLooked(board()),
    ...rows(facts).map((row) => row.name + row.value),
  ];
  expect(said.every((text) => text && !text.includes('home_'))).toBe(true);
});
