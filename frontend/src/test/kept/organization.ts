/** Clients, quotes, limits, the lock: what an organization keeps. */
import { blank } from '../../areas/client/record';
import { today } from '$lib/format';
import { desk } from '../../areas/partner/sample';
import type { Form } from './forms';

const nothing = () => {};
const limits = { maxKilobytes: 1475, squareSide: 33333, rectangularHeight: 249375, minRatio: 2, maxRatio: 10 };
const rights = { access: 'full', wallet: true, products: [] };
const server = {
  host: 'mail.example',
  port: 1475,
  security: 'starttls',
  user: 'anna',
  from: 'anna@example.com',
};
const account = {
  language: 'it',
  timeZone: 'Europe/Zurich',
  country: 'CH',
  phone: '+41 91 923 30 30',
  recoveryPhone: '+390212345678',
  recoveryEmail: 'anna@example.com',
};
const client = {
  id: 'c1',
  name: 'Rezzoni',
  place: 'Lugano',
  number: '0012',
  version: 6,
  payer: 'client',
  asked: rights,
  granted: rights,
  record: {
    details: { ...blank(), name: 'Rezzoni', place: 'Lugano', number: '0012', known: true },
    paymentDays: 14,
    conditions: [
      { category: 'hosting', partner: '33.333', discount: '1.475', own: '', currency: 'EUR' },
      { category: 'domain', partner: '', discount: '', own: '1475.50', currency: 'EUR' },
    ],
  },
};
const gain = { amount: '1475.50', currency: 'CHF' };
const order = { book: 'own', line: 'a', quantity: '1475', months: 12, operation: 'order', orders: 'client' };
const form = {
  client: '',
  name: 'Rezzoni',
  language: 'it',
  book: 'chf',
  validUntil: '2026-12-21',
  vat: 'swiss',
  exclusions: ['domains'],
  note: '1.475',
  discount: '1.475',
  discountShown: true,
  confirmed: [],
  lines: [
    {
      kind: 'listed',
      product: 'web_hosting',
      name: '',
      description: '',
      months: 12,
      operation: 'order',
      managed: true,
      rate: '',
      discount: '',
      discountShown: true,
      category: '',
      class: '',
      unit: '',
      price: '',
      cost: '',
      floor: '',
    },
    {
      kind: 'own',
      product: '',
      name: 'Umzug',
      description: '',
      months: 0,
      operation: 'order',
      managed: false,
      rate: '',
      discount: '12.475',
      discountShown: true,
      category: 'work',
      class: '',
      unit: 'hour',
      price: '1.475',
      cost: '33333',
      floor: '7.125',
    },
  ],
  scenarios: [
    {
      name: 'One',
      access: 'full',
      means: 'partner',
      orders: 'partner',
      rate: '1.475',
      pooled: '33333',
      resale: 'margin',
      margin: '7.125',
      quantities: ['1475', '1.475'],
      prices: ['33.333', ''],
    },
  ],
};
const money = { amount: '', currency: '' };
const question = {
  book: 'chf',
  line: 'chf-web',
  quantity: '1475',
  rate: '1.475',
  step: '',
  mode: 'volume',
  months: 12,
  access: 'full',
  means: 'partner',
  orders: 'partner',
  managed: true,
  operation: 'order',
  base: 'after',
  vat: 'swiss',
};

export const organization: Form[] = [
  {
    file: 'areas/branding/ApprovalDialog.svelte',
    props: { open: true, view: { step: 4, digest: 'ab12' }, onsaved: nothing, catchUp: nothing },
    answers: { 'branding.Approve': {} },
    sends: ['branding.Approve', 4, '', today()],
  },
  {
    file: 'areas/branding/LimitsDialog.svelte',
    props: { open: true, view: { limits, defaultLimits: limits }, onsaved: nothing },
    sends: ['branding.SetLimits', limits],
  },
  {
    file: 'areas/settings/MailServer.svelte',
    props: { mail: { ...server, on: true, hasPassword: true, mayEdit: true }, changed: nothing },
    sends: ['mail.Set', { ...server, password: '' }],
  },
  {
    file: 'areas/profile/PersonalDialog.svelte',
    props: { profile: { ...account, version: 8 }, saved: nothing, close: nothing },
    answers: { 'organization.Countries': ['CH', 'IT'] },
    sends: ['profile.Update', { version: 8 }],
  },
  {
    file: 'areas/client/RightsDialog.svelte',
    props: { client, kind: 'answer', changed: nothing, close: nothing },
    answers: { 'client.Families': [] },
    sends: ['client.Answer', 'c1', 6, rights, today()],
  },
  {
    file: 'areas/client/PayerDialog.svelte',
    props: { client, changed: nothing, close: nothing },
    sends: ['client.Answer', 'c1', 6, rights, today()],
  },
  {
    file: 'areas/client/DetailsDialog.svelte',
    props: { client, changed: nothing, close: nothing },
    sends: ['client.Correct', 'c1', 6, client.record.details],
  },
  {
    file: 'areas/client/TermsDialog.svelte',
    props: { client, changed: nothing, close: nothing },
    answers: { 'client.SaveConditions': {} },
    sends: ['client.SaveConditions', 'c1', 6, 14, client.record.conditions],
  },
  {
    file: 'areas/client/ReceiveDialog.svelte',
    props: { dashboard: { id: 'c1' }, order: { id: 'o1', number: '77', gain }, changed: nothing, close: nothing },
    sends: ['client.Receive', 'c1', 'o1', '1475.50'],
  },
  {
    file: 'areas/client/RecordDialog.svelte',
    props: { id: 'c1', input: order, changed: nothing, close: nothing },
    sends: ['client.RecordOrder', 'c1', { ...order, number: '', on: today(), dueOn: '', charged: '' }],
  },
  {
    file: 'areas/client/Price.svelte',
    props: {
      dashboard: {
        id: 'c1',
        actions: [],
        products: [{ book: 'own', line: 'a', product: 'web_hosting', name: '', price: gain, per: 'month' }],
      },
      changed: nothing,
    },
    sends: [
      'client.Price',
      'c1',
      { ...order, quantity: '1', number: '', on: '', dueOn: '', charged: '', vat: 'excluded' },
    ],
  },
  {
    file: 'areas/quote/Edit.svelte',
    props: { id: 'q1', query: new URLSearchParams() },
    through: [/^\s*Umzug/],
    answers: {
      'partner.Desk': desk(),
      'quote.Clients': [],
      'quote.Get': { number: 'Q-1', version: 4, form, answer: { currency: 'CHF' } },
      'quote.Save': 'q1',
    },
    sends: ['quote.Save', 'q1', 4, form],
  },
  {
    file: 'areas/quote/Cash.svelte',
    props: {
      id: 'q1',
      answer: { currency: 'CHF', scenarios: [{ name: 'One', outcome: 'cashback', access: 'full' }] },
    },
    answers: {
      'partner.Programme': { figures: { payoutDays: '175', feeChf: '1.475', feeEur: '33.333' } },
      'quote.Cash': { years: [{ months: [], after: money }], breakeven: [] },
    },
    sends: ['quote.Cash', 'q1', { days: '175', fee: '1.475', every: 0 }, { scenario: 0, with: -1 }],
  },
  {
    file: 'areas/partner/Simulator.svelte',
    props: { desk: { ...desk(), asked: true, last: question }, again: nothing },
    sends: ['partner.Simulate', question, { by: 'rate', upTo: 0 }],
  },
  {
    file: 'areas/session/Adviser.svelte',
    props: {
      now: { policy: { lockOn: true, lockAfter: 12 }, minLock: 3, maxLock: 20, chosen: true },
      past: { thresholds: [], failures: 0, days: 90 },
      save: () => Promise.resolve(),
    },
    sends: [''],
  },
];
