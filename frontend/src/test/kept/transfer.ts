import type { Form } from './forms';

const nothing = () => {};
const row = { id: 't1', holder: 'Anna', registrar: 'Gandi', expires: '2027-02-01', stage: 'failed' };
const facts = {
  version: 7,
  holder: 'Anna',
  registrar: 'Gandi',
  order: '0012',
  registered: '2020-01-02',
  moved: '2025-03-04',
  expires: '2027-02-01',
  restartBy: '2026-12-01T09:30:42.123Z',
};

export const transfer: Form[] = [
  {
    file: 'areas/transfer/CodeDaysDialog.svelte',
    props: { transfer: { row, codeDays: 1475 }, changed: nothing, close: nothing },
    sends: ['transfer.SetCodeDays', 't1', 1475],
  },
  {
    file: 'areas/transfer/FactsDialog.svelte',
    props: { transfer: { ...facts, row }, changed: nothing, close: nothing },
    sends: ['transfer.Update', 't1', facts],
  },
  {
    file: 'areas/transfer/AddDialog.svelte',
    props: { close: nothing },
    answers: { 'transfer.Add': 't1' },
    sends: [
      'transfer.Add',
      {
        domain: '',
        holder: '',
        registrar: '',
        order: '',
        fee: '',
        code: '',
        started: '',
        pending: false,
        registered: '',
        moved: '',
        expires: '',
      },
    ],
  },
];
