import { chf, desk } from '../../areas/partner/sample';
import type { Form } from './forms';

const nothing = () => {};
const schedule = {
  id: 'own',
  shipped: false,
  mode: 'graduated',
  validFrom: '2026-08-18',
  source: 'guide',
  tiers: [
    { from: '1475', percent: '1.475', origin: 'own', source: '' },
    { from: '33333', percent: '33.333', origin: 'published', source: 'guide' },
  ],
};
const line = { name: '', degressive: true, source: 'guide', category: 'mail' };
const book = {
  id: 'own',
  shipped: false,
  name: 'Own',
  currency: 'CHF',
  validFrom: '2026-08-18',
  validUntil: '2027-01-02',
  source: 'guide',
  author: 'Anna',
  inForce: true,
  version: 3,
  lines: [
    { ...line, id: 'a', product: 'web_hosting', price: chf('1.475'), per: 'month', origin: 'published' },
    { ...line, id: 'b', product: 'domain_ch', price: chf('1475.5'), per: 'year', origin: 'thirdparty' },
    { ...line, id: 'c', product: 'mail', price: chf('0.000125'), per: 'year', origin: 'own' },
  ],
};
const figures = {
  volumeChf: '1475.5',
  volumeEur: '249.375',
  feeChf: '1.475',
  feeEur: '33.333',
  payoutDays: '1475',
  version: 2,
};
const terms = { rate: '1.475', ceiling: '33.333', base: 'before', country: '7.125', floor: '12.475', version: 4 };
const rates = [
  { from: '2024-01-02', rate: '8.125', source: 'law' },
  { from: '2026-02-01', rate: '1.475', source: 'law' },
];

const category = [{ category: 'hosting', rate: '1.475', from: '2026-02-01', source: 'contract', author: 'Elena' }];
const product = {
  id: 'p1',
  name: 'Umzug',
  description: '',
  category: 'work',
  class: 'reduced',
  unit: 'hour',
  months: 6,
  currency: 'CHF',
  price: '1.475',
  cost: '33333',
  floor: '7.125',
  version: 3,
};

const steps = [
  {
    product: 'web_hosting',
    author: 'Elena',
    steps: { id: '', mode: 'graduated', source: 'contract', tiers: schedule.tiers, validFrom: '2026-02-01' },
  },
];

export const partner: Form[] = [
  {
    file: 'areas/partner/RatesDialog.svelte',
    props: { desk: { ...desk(), own: { ...desk().own, rates: category, ratesOf: 5 } }, close: nothing, saved: nothing },
    sends: ['partner.SaveRates', category, 5],
  },
  {
    file: 'areas/partner/OwnDialog.svelte',
    props: { product, close: nothing, saved: nothing, deleted: nothing },
    sends: ['partner.SaveOwnProduct', product],
  },
  {
    file: 'areas/partner/StepsDialog.svelte',
    props: { desk: { ...desk(), schedule, today: '2026-11-02' }, close: nothing, saved: nothing },
    sends: [
      'partner.SaveSchedule',
      { id: 'own', mode: 'graduated', source: 'guide', tiers: schedule.tiers, validFrom: '2026-11-02' },
    ],
  },
  {
    file: 'areas/partner/StepsDialog.svelte',
    props: {
      desk: { ...desk(), own: { ...desk().own, products: steps, productsOf: 7 } },
      own: 0,
      close: nothing,
      saved: nothing,
    },
    sends: ['partner.SaveProductSteps', steps, 7],
  },
  {
    file: 'areas/partner/BookDialog.svelte',
    props: { book, today: '2026-11-20', close: nothing, saved: nothing, deleted: nothing },
    sends: ['partner.SaveBook', { ...book, lines: book.lines.map((one) => ({ ...one, price: one.price.amount })) }],
  },
  {
    file: 'areas/partner/ProgrammeDialog.svelte',
    props: { programme: { figures, published: false }, close: nothing, saved: nothing },
    sends: ['partner.SaveProgramme', figures],
  },
  {
    file: 'areas/partner/VatDialog.svelte',
    props: { desk: { ...desk(), vatRates: rates, vatOf: 5 }, close: nothing, saved: nothing },
    sends: ['partner.SaveVATRates', rates, 5],
  },
  {
    file: 'areas/partner/TermsDialog.svelte',
    props: { terms: { ...terms, vat: '8.1', published: '35' }, close: nothing, saved: nothing },
    sends: ['partner.SaveTerms', terms],
  },
];
