import type { Form } from './forms';

const nothing = () => {};
const places = [{ id: 'o1', name: 'Studio Ponteri SA', currency: 'CHF' }];
const entry = {
  key: 'date/d1',
  date: 'd1',
  version: 3,
  kind: 'domain',
  name: 'ponteri.example',
  place: 'o1',
  ends: '2027-02-01',
  note: 'elsewhere',
  service: '',
};

export const expiry: Form[] = [
  {
    file: 'areas/expiry/DateDialog.svelte',
    props: { open: true, places, entry, onsaved: nothing },
    sends: [
      'expiry.UpdateDate',
      'd1',
      3,
      { kind: 'domain', name: 'ponteri.example', place: 'o1', ends: '2027-02-01', note: 'elsewhere' },
    ],
  },
  {
    file: 'areas/expiry/RenewDialog.svelte',
    props: { open: true, places, entry, onsaved: nothing },
    answers: { 'expiry.Renew': 'r1' },
    sends: ['expiry.Renew', 'date/d1', { place: 'o1', amount: '', months: '12', automatic: false }],
  },
];
