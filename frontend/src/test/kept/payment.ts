import { expect } from 'vitest';
import { today } from '$lib/format';
import * as api from '../../areas/payment/api';
import type { Form } from './forms';

const nothing = () => {};
const chf = (amount: string) => ({ amount, currency: 'CHF' });
const renewal = {
  product: 'rezzoni.example',
  expiresOn: '2027-02-01',
  months: '24',
  automatic: false,
  profileId: 'p2',
};
const payments = {
  currency: 'CHF',
  balance: chf('249.38'),
  today: '2026-11-20',
  profiles: [
    { id: 'p1', kind: 'prepaid', label: '', default: true },
    { id: 'p2', kind: 'card', brand: 'visa', label: 'Office', last4: '0012', default: false },
  ],
  offers: [{ kind: 'card', refusal: '' }],
};
const thread = {
  id: 'h1',
  reference: '0012',
  amount: chf('1475.50'),
  left: chf('1475.50'),
  orderNumber: '77',
  orderTitle: 'Web 33',
  orderTotal: chf('33.33'),
};
const balance = { balance: chf('249.38') };
const money = { open: true, onsaved: nothing };
const profile = {
  kind: 'card',
  brand: 'visa',
  label: 'Office',
  holder: 'Anna Rezzoni',
  last4: '0012',
};
const prices = {
  id: 'l1',
  name: 'Own',
  validFrom: '2026-08-18',
  lines: [{ id: 'web', product: 'web_hosting', name: 'Web', per: 'month' }],
};

const price = { net: chf('33.33'), due: chf('33.33'), rate: '', country: 'IT' };

export const payment: Form[] = [
  {
    file: 'areas/payment/RenewDialog.svelte',
    props: { ...money, payments, orders: [], renewals: [{ ...renewal, id: 'r1', version: 3, amount: chf('1475.50') }] },
    answers: { 'payment.Renew': ['n1'] },
    sends: ['payment.Renew', [{ id: 'r1', version: 3, on: today(), amount: '1475.50', profileId: 'p2', orderId: '' }]],
  },
  {
    file: 'areas/payment/prepaid/SetBalanceDialog.svelte',
    props: { ...money, currency: 'CHF' },
    sends: ['prepaid.SetBalance', { amount: '', on: today() }],
  },
  {
    file: 'areas/payment/prepaid/OnDialog.svelte',
    props: { title: 'x', save: (on: string) => api.payoutRequested('q1', on), close: nothing },
    sends: ['prepaid.PayoutRequested', 'q1', today()],
  },
  {
    file: 'areas/payment/prepaid/FailedDialog.svelte',
    props: { ...money, payout: { id: 'q1' } },
    sends: ['prepaid.PayoutFailed', 'q1', '', today()],
  },
  {
    file: 'areas/payment/RenewalDialog.svelte',
    props: { ...money, payments, renewal: { ...renewal, id: 'r1', version: 3, amount: chf('1475.50') } },
    sends: ['payment.UpdateRenewal', 'r1', 3, { ...renewal, amount: '1475.50', currency: 'CHF' }],
  },
  {
    file: 'areas/payment/ProfileDialog.svelte',
    props: {
      ...money,
      payments,
      profile: { ...profile, id: 'p2', ends: '2027-03', masked: '', default: false, renewals: 0, version: 5 },
    },
    sends: [
      'payment.Update',
      'p2',
      {
        ...profile,
        ends: '2027-03',
        iban: '',
        bic: '',
        email: '',
        mobile: '',
        default: false,
        keepTarget: true,
        version: 5,
      },
    ],
  },
  {
    file: 'areas/payment/prepaid/AgainDialog.svelte',
    props: { ...money, thread, balance },
    answers: { 'prepaid.Prices': prices, 'prepaid.PriceToday': price },
    sends: [
      'prepaid.Again',
      'h1',
      { kind: 'order', number: '', title: 'Web 33', total: '33.33', renews: '' },
      { fromBalance: '33.33', rest: 'other', sentOn: '', source: '', on: today() },
    ],
  },
  {
    file: 'areas/payment/prepaid/PriceToday.svelte',
    props: { title: 'Web 33333', onprice: nothing },
    answers: { 'prepaid.Prices': prices, 'prepaid.PriceToday': price },
    sends: ['prepaid.PriceToday', 'l1', 'web', '33333', 12],
  },
  {
    file: 'areas/payment/prepaid/PayDialog.svelte',
    props: { ...money, balance, order: { id: 'o1', number: '77', open: chf('1475.50'), version: 2 } },
    sends: ['prepaid.Pay', 'o1', 2, { fromBalance: '249.38', rest: 'other', sentOn: '', source: '', on: today() }],
  },
  {
    file: 'areas/payment/prepaid/TopUpDialog.svelte',
    props: { ...money, payments, amount: chf('1475.50') },
    sends: ['prepaid.TopUp', { amount: '1475.50', means: 'card', reference: '', sentOn: today(), source: '' }],
  },
  {
    file: 'areas/payment/prepaid/OrderDialog.svelte',
    props: { ...money, currency: 'CHF' },
    sends: ['prepaid.Place', { kind: 'order', number: '', title: '', total: '', renews: '' }],
  },
  {
    file: 'areas/payment/prepaid/ArriveDialog.svelte',
    props: { ...money, currency: 'EUR', thread },
    answers: { 'prepaid.Arrive': 'top_up' },
    sends: [
      'prepaid.Arrive',
      'h1',
      { reference: '0012', amount: '1475.50', currency: 'CHF', credited: '', on: today() },
    ],
  },
  {
    file: 'areas/payment/prepaid/PayoutDialog.svelte',
    props: { ...money, balance, profiles: [] },
    sends: [
      'prepaid.NotePayout',
      { amount: '249.38', profileId: '', target: 'bank', iban: '', email: '', transferId: '' },
    ],
  },
  {
    file: 'areas/payment/prepaid/StatementDialog.svelte',
    props: { open: true, lead: '' },
    answers: { 'prepaid.SaveStatement': 'a.pdf' },
    sends: ['prepaid.SaveStatement', `${today().slice(0, 8)}01`, today(), 'pdf', expect.anything()],
  },
  {
    file: 'areas/payment/prepaid/ExpectedTab.svelte',
    props: {
      currency: 'CHF',
      expected: [{ id: 'e1', cause: 'Rezzoni', amount: chf('1475.50'), dueOn: '2027-02-01' }],
      onchanged: nothing,
    },
    through: [/Rezzoni/],
    sends: ['prepaid.Receive', 'e1', '1475.50', today()],
  },
];
