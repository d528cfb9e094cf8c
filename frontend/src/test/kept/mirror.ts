import type { Form } from './forms';

const unknown = { known: false, text: '', id: 0, code: '', on: false, number: 0 };
const none = { id: '', state: '', base: unknown, mine: unknown, theirs: unknown, refusals: [], may: [] };
const record = { id: '9', source: 'www', type: 'A', target: '192.0.2.1', ttl: 86400 };
const lock = { known: true, text: '', id: 0, code: '', on: true, number: 12 };
const read = { text: '', id: 0, on: true, number: '12' };

export const mirror: Form[] = [
  {
    file: 'areas/mirror/dns/RecordDialog.svelte',
    props: { zone: 'ponteri.example', record: { ...record, edit: none }, changed: () => {}, close: () => {} },
    sends: [
      'mirror.ChangeRecord',
      {
        zone: 'ponteri.example',
        act: 'set',
        ...record,
        ttl: '86400',
        read: { source: 'www', type: 'A', target: '192.0.2.1', ttl: 86400 },
      },
    ],
  },
  {
    file: 'areas/mirror/mine/FieldForm.svelte',
    props: { field: { field: 'lock', value: lock, edit: none }, begin: lock, changed: () => {}, close: () => {} },
    sends: ['mirror.Change', [{ field: 'lock', value: read, read }]],
  },
];
