import type { Form } from './forms';

const nothing = () => {};
const money = (amount: string) => ({ amount, currency: 'CHF' });
const line = {
  id: 'l1',
  kind: 'listed',
  product: 'web_hosting',
  name: '',
  months: 1,
  expected: money('1475.25'),
  endedOn: '2027-02-01',
};

export const sale: Form[] = [
  {
    file: 'areas/sale/ChargeDialog.svelte',
    props: {
      sale: { id: 's1' },
      line,
      period: {
        from: '2026-10-01',
        to: '2026-10-31',
        amount: money('1475.25'),
        on: '2026-10-02',
        reference: 'R-0012',
        knownFrom: 'typed',
      },
      done: nothing,
      close: nothing,
    },
    sends: [
      'sale.Charge',
      's1',
      { line: 'l1', period: '2026-10-01', on: '2026-10-02', amount: '1475.25', reference: 'R-0012' },
    ],
  },
  {
    file: 'areas/sale/StopDialog.svelte',
    props: { sale: { id: 's1' }, line, done: nothing, close: nothing },
    sends: ['sale.Stop', 's1', 'l1', '2027-02-01'],
  },
];
