/** What Go answers to the published example, for tests. */
import type { Answer, DeskOf, Line, WhatIf } from './api';

const line = (id: string, product: string, price: string, per = 'month'): Line => ({
  id,
  product,
  name: '',
  price: chf(price),
  per,
  degressive: per === 'month',
  category: per === 'month' ? 'hosting' : 'domain',
  origin: per === 'month' ? 'published' : 'thirdparty',
  source: 'guide',
  rate: '20',
  ownRate: false,
  steps: '',
});

const schedule = (): DeskOf['schedule'] => ({
  id: 'shipped',
  shipped: true,
  mode: 'volume',
  validFrom: '2026-08-18',
  source: 'guide',
  tiers: [
    ['5', '5'],
    ['10', '10'],
    ['20', '20'],
    ['30', '25'],
  ].map(([from, percent]) => ({ from: from!, percent: percent!, origin: 'assumption', source: '' })),
});

const book = (id: string, currency: string, lines: Line[]) => ({
  id,
  shipped: true,
  name: '',
  currency,
  validFrom: '2026-08-18',
  validUntil: '',
  source: 'guide',
  author: '',
  inForce: true,
  version: 1,
  lines,
});

export const desk = (): DeskOf => ({
  books: [
    book('chf', 'CHF', [line('chf-web', 'web_hosting', '9.92'), line('chf-ch', 'domain_ch', '10.65', 'year')]),
    book('eur', 'EUR', [line('eur-web', 'web_hosting', '5.75')]),
  ],
  schedule: schedule(),
  shipped: schedule(),
  coming: [],
  schedules: {},
  terms: {
    rate: '20',
    ceiling: '35',
    base: 'after',
    vat: '8.1',
    country: '20',
    floor: '',
    version: 0,
    published: '35',
  },
  own: { rates: [], ratesOf: 0, products: [], productsOf: 0 },
  products: [],
  current: { CHF: 'chf', EUR: 'eur', '': 'chf' },
  asked: false,
  last: {} as DeskOf['last'],
  canEdit: true,
  ageDays: 3,
  stale: false,
  ended: '',
  vatRates: [{ from: '2024-01-01', rate: '8.1', source: 'law' }],
  vatOf: 0,
  today: '2026-11-20',
  rules: [
    {
      id: 'A1',
      origin: 'published',
      guide: 'https://www.infomaniak.com/en/support/faq/2672/x',
      read: ['it', 'es'],
      derived: false,
    },
    {
      id: 'D2',
      origin: 'published',
      guide: 'https://www.infomaniak.com/en/support/faq/2672/x',
      read: ['it', 'es'],
      derived: false,
    },
  ],
  cases: [
    {
      access: 'full',
      means: 'client',
      orders: 'client',
      managed: '',
      outcome: 'cashback',
      payer: 'client',
      rule: 'C1',
    },
    {
      access: 'full',
      means: 'partner',
      orders: 'partner',
      managed: '',
      outcome: 'discount',
      payer: 'partner',
      rule: 'D2',
    },
    { access: 'limited', means: '', orders: 'partner', managed: '', outcome: 'not_covered', payer: '', rule: 'N2' },
  ],
});

export const chf = (amount: string) => ({ amount, currency: amount && 'CHF' });

const figure = (exact: string, each: string) => ({ exact, rounded: chf(exact), each: chf(each), eachExact: true });

export const answer = (change: Partial<Answer> = {}): Answer => ({
  currency: 'CHF',
  quantity: '35',
  rate: '20',
  degressive: '25',
  caseIndex: 1,
  outcome: 'discount',
  payer: 'partner',
  rule: 'D2',
  public: figure('347.20', '9.92'),
  afterPartner: figure('277.76', '7.936'),
  preferential: figure('208.32', '5.952'),
  openPrice: figure('260.40', '7.44'),
  reduction: '40',
  saved: chf('138.88'),
  charged: chf('208.32'),
  vat: chf(''),
  chargedVat: chf('208.32'),
  gain: chf('52.08'),
  assumptions: [],
  steps: [
    {
      kind: 'public',
      rule: 'L1',
      formula: 'product',
      operands: ['35', '9.92'],
      factor: '',
      exact: '347.20',
      rounded: chf('347.20'),
    },
    {
      kind: 'partner',
      rule: 'D1',
      formula: 'less',
      operands: ['347.20', '0.20'],
      factor: '0.80',
      exact: '277.76',
      rounded: chf('277.76'),
    },
    {
      kind: 'degressive',
      rule: 'A1',
      formula: 'less',
      operands: ['277.76', '0.25'],
      factor: '0.75',
      exact: '208.32',
      rounded: chf('208.32'),
    },
    {
      kind: 'rounding',
      rule: 'R1',
      formula: 'rounding',
      operands: [],
      factor: '',
      exact: '0.00',
      rounded: chf('208.32'),
    },
  ],
  curve: [
    { quantity: 1, you: '7.936', public: '9.92' },
    { quantity: 35, you: '5.952', public: '7.44' },
    { quantity: 60, you: '5.952', public: '7.44' },
  ],
  inversions: [{ from: 19, to: 19 }],
  ...change,
});

export const table = (): WhatIf => ({
  quantities: [1, 19, 20, 35],
  current: 1,
  rows: ['0', '20'].map((rate) => ({
    rate,
    mode: 'volume',
    cells: ['7.94', '128.17', '126.98', '208.32'].map((total, i) => ({
      total: chf(total),
      step: i === 2,
      inverted: i === 1,
      heat: i + 1,
    })),
  })),
});
