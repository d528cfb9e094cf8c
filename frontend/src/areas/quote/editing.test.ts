// Needs a page of its own: its runes run as in a window.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Fault } from '$lib/backend';
import { language } from '$lib/i18n';
import type { Answer, Client, ClientRecord, DeskOf, Form } from './api';
import { Editing, lineOf } from './editing.svelte';

const desk = {
  today: '2026-11-20',
  terms: { rate: '20' },
  current: { CHF: 'chf', '': 'chf' },
  products: [],
  books: [
    {
      id: 'chf',
      currency: 'CHF',
      lines: [
        { product: 'web_hosting', name: '', per: 'month' },
        { product: 'domain_ch', name: '', per: 'year' },
      ],
    },
  ],
} as unknown as DeskOf;
const larici: Client = { id: 'c1', name: 'Hotel Tre Larici', place: 'Chur', access: 'limited', means: 'client' };
const answer = (currency: string) => ({ currency, scenarios: [] }) as unknown as Answer;

beforeEach(() => {
  vi.useFakeTimers();
  language.current = 'de';
});
afterEach(() => vi.useRealTimers());

function begin(preview: (form: Form) => Promise<Answer>, query = '', clients: Client[] = []) {
  const editing = new Editing(preview);
  editing.begin(desk, clients, undefined, new URLSearchParams(query), 'de');
  return editing;
}

test('nobody is chosen before the person does, and the record of whom she chose fills the form', async () => {
  const preview = vi.fn(() => Promise.resolve(answer('CHF')));
  const editing = begin(preview, '', [larici]);
  expect(editing.form.client).toBe('');
  editing.form.client = 'c1';
  const record = { id: 'c1', language: 'it', currency: 'CHF', vat: 'reverse_charge' } as ClientRecord;
  editing.take({ ...record, id: 'c2', language: 'fr' }, desk, larici); // the answer for another one came late
  editing.take(record, desk, larici);
  expect(editing.form).toMatchObject({ language: 'it', book: 'chf', vat: 'reverse_charge' });
  expect(editing.form.scenarios[0]).toMatchObject({ access: 'limited', means: 'client', orders: 'client' });
  editing.take({ ...record, language: '', vat: '' }, desk, larici); // what it does not say stays
  expect(editing.form).toMatchObject({ language: 'it', vat: 'reverse_charge' });
  await vi.runAllTimersAsync();
});

test('the simulator’s question becomes the first line and scenario', async () => {
  const preview = vi.fn(() => Promise.resolve(answer('CHF')));
  const editing = begin(
    preview,
    'book=chf&product=web_hosting&name=&quantity=35&rate=20&access=full&means=client&orders=partner&operation=renewal&vat=swiss&months=3&managed=1',
  );
  await vi.runAllTimersAsync();
  expect(preview).toHaveBeenCalledExactlyOnceWith(
    expect.objectContaining({
      book: 'chf',
      language: 'de',
      validUntil: '2026-12-20',
      lines: [
        expect.objectContaining({
          kind: 'listed',
          product: 'web_hosting',
          name: '',
          months: 3,
          operation: 'renewal',
          managed: true,
        }),
      ],
      scenarios: [expect.objectContaining({ means: 'client', orders: 'partner', rate: '20', quantities: ['35'] })],
    }),
  );
  expect(editing.answer?.currency).toBe('CHF');
});

test('a client’s granted rights are the first scenario', () => {
  const editing = begin(() => new Promise(() => undefined), 'client=c1', [larici]);
  expect(editing.form.client).toBe('c1');
  expect(editing.form.scenarios[0]).toMatchObject({ access: 'limited', means: 'client', orders: 'client' });
});

test('lines and scenarios keep one quantity for each of the other', () => {
  const editing = begin(() => new Promise(() => undefined));
  editing.addScenario();
  editing.addLine(lineOf({ product: 'domain_ch', name: '', per: 'year' }));
  expect(editing.form.scenarios.map((one) => one.quantities)).toEqual([
    ['1', '1'],
    ['1', '1'],
  ]);
  expect(editing.form.scenarios.map((one) => one.means)).toEqual(['partner', 'client']);
  editing.removeLine(0);
  editing.removeScenario(0);
  expect(editing.form.lines.map((one) => one.product)).toEqual(['domain_ch']);
  expect(editing.form.scenarios.map((one) => one.quantities)).toEqual([['1']]);
});

test('a late answer never wins, and a refusal keeps the last answer in sight', async () => {
  const waiting: ((answer: Answer) => void)[] = [];
  const editing = begin(() => new Promise((resolve) => waiting.push(resolve)));
  await vi.runAllTimersAsync();
  editing.compute(0);
  await vi.runAllTimersAsync();
  waiting[1]!(answer('EUR'));
  waiting[0]!(answer('CHF'));
  await vi.runAllTimersAsync();
  expect(editing.answer?.currency).toBe('EUR');
  expect(editing.stale).toBe(false);
  editing.refuse(new Fault('invalid', { fields: [{ name: 'validUntil', code: 'required' }] }));
  expect(editing.stale).toBe(true);
  expect(editing.answer?.currency).toBe('EUR');
});
