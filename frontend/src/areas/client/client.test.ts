import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { language } from '$lib/i18n';
import { me } from '$lib/me.svelte';
import type { Client, Clients as List, Entry } from './api';
import Clients from './Clients.svelte';
import Detail from './Detail.svelte';
import { blank } from './record';
import { compared, difference, lacks } from './words';

const go = vi.hoisted(() => ({
  List: vi.fn(),
  Get: vi.fn(),
  Stop: vi.fn(),
  Ask: vi.fn(),
  OpenItems: vi.fn(),
  Correct: vi.fn(),
  Families: vi.fn(),
  OutlineImport: vi.fn(),
  PreviewImport: vi.fn(),
  Import: vi.fn(),
  SaveRejected: vi.fn(),
}));
vi.mock('$wailsjs/go/manager/Window', () => ({ Tasks: () => Promise.resolve([]), Settle: vi.fn() }));
vi.mock('$wailsjs/go/client/Window', () => ({
  ...go,
  Allow: vi.fn(),
  Answer: vi.fn(),
  AskAgain: vi.fn(),
  Export: vi.fn(),
  Refuse: vi.fn(),
  Open: vi.fn(),
  ForgetOrder: vi.fn(),
  OpenSigned: vi.fn(),
  Partners: vi.fn(() => Promise.resolve([])),
  Price: vi.fn(),
  Receive: vi.fn(),
  RecordOrder: vi.fn(),
  Reply: vi.fn(),
  SaveInvitation: vi.fn(),
  SaveReply: vi.fn(),
  SendInvitation: vi.fn(),
  TakeReply: vi.fn(),
  Withdraw: vi.fn(),
}));

const site = { name: 'rezzoni.example', family: 'web_hosting', technical: true, statistics: true };

const client: Client = {
  id: 'c1',
  name: 'Fiduciaria Rezzoni',
  place: 'Lugano',
  number: '',
  state: 'active',
  since: '2026-11-20T10:00:00Z',
  asked: { access: 'limited', wallet: false, products: [site] },
  askedAt: '2026-11-17T10:00:00Z',
  granted: { access: 'limited', wallet: false, products: [{ ...site, statistics: false }] },
  grantedOn: '2026-11-20',
  grantedBy: 'hand',
  signer: '',
  fingerprint: '',
  invitation: { id: '', madeAt: '', expiresAt: '', mailedTo: '', mailState: '' },
  mailReady: false,
  payer: 'client',
  paidSince: '2026-11-20',
  difference: 'less',
  missing: 1,
  version: 2,
  history: [{ at: '2026-11-17T10:00:00Z', person: 'Elena', kind: 'asked', access: 'limited', wallet: false, count: 1 }],
  collaborators: [],
  record: {
    details: { ...blank(), name: 'Fiduciaria Rezzoni', place: 'Lugano' },
    vat: { treatment: '', country: '', rate: '', source: '', checked: '', ground: 'no_country', sentence: '' },
    contacts: [],
    paymentDays: 0,
    conditions: [],
    notes: [],
  },
};

const entry: Entry = {
  id: 'c1',
  name: 'Fiduciaria Rezzoni',
  place: 'Lugano',
  state: 'active',
  since: '2026-11-20T10:00:00Z',
  asked: 'limited',
  granted: 'limited',
  payer: 'client',
  difference: 'less',
  missing: 1,
  products: 1,
};

beforeEach(() => {
  language.current = 'en';
  vi.restoreAllMocks();
  go.Families.mockResolvedValue(['web_hosting']);
  go.Get.mockResolvedValue(client);
  go.OpenItems.mockResolvedValue({ quotes: 2, cashback: 1, sums: [{ amount: '52.08', currency: 'CHF' }] });
  go.List.mockResolvedValue({ clients: [], active: 0, pending: 0, listed: 0, less: 0, past: 0 } satisfies List);
});

test('what was asked and not granted is found product by product', () => {
  const [row] = compared(client);
  expect(row && lacks(row)).toBe(true);
  expect(compared({ ...client, granted: client.asked }).some(lacks)).toBe(false);
  const full = { access: 'full', wallet: false, products: [] };
  expect(compared({ ...client, granted: full }).some(lacks)).toBe(false);
});

test('a difference says what is missing', () => {
  expect(difference(entry)).toBe('1 right missing');
  expect(difference({ ...entry, missing: 0 })).toBe('no right to order');
  expect(difference({ ...entry, granted: 'full', missing: 0 })).toBe('without payment method');
});

test('only who may add a client is offered it', async () => {
  const can = vi.spyOn(me, 'can').mockReturnValue(false);
  const { unmount } = render(Clients);
  await screen.findByText(/No client is assigned to you/);
  screen.getByText(/Only legal representatives may ask/);
  expect(screen.queryByRole('button', { name: 'Note a client' })).toBeNull();
  unmount();
  can.mockReturnValue(true);
  render(Clients);
  await screen.findByText(/No clients yet/);
  await userEvent.click(screen.getAllByRole('button', { name: 'Note a client' })[0] as HTMLElement);
  await userEvent.type(await screen.findByLabelText('Client’s name'), 'Rezzoni');
  await userEvent.type(screen.getByLabelText('Product'), 'rezzoni.example');
  go.Ask.mockResolvedValue('c9');
  await userEvent.click(screen.getAllByRole('button', { name: 'Note a client' }).at(-1) as HTMLElement);
  expect(go.Ask).toHaveBeenCalledWith(expect.objectContaining({ name: 'Rezzoni' }));
});

test('a collaboration ends after two confirmations, the second with the password', async () => {
  vi.spyOn(me, 'can').mockReturnValue(true);
  render(Detail, { id: 'c1', part: 'rights' });
  await screen.findByText('1 right missing');
  expect(screen.getByText('recorded by hand')).toBeInTheDocument();
  const menu = screen.getByRole('button', { name: 'Action menu of Fiduciaria Rezzoni' });
  menu.focus();
  await fireEvent.keyDown(menu, { key: 'Enter' });
  await fireEvent.click(await screen.findByText('Stop the collaboration'));
  expect(await screen.findByText(/2 quotes are still open/)).toBeInTheDocument();
  await userEvent.click(await screen.findByRole('button', { name: 'Go on' }));
  expect(go.Stop).not.toHaveBeenCalled();
  go.Stop.mockResolvedValue({ ...client, state: 'ended' });
  await userEvent.type(await screen.findByLabelText('Your password of Kontor'), 'secret');
  await userEvent.click(screen.getByRole('button', { name: 'Stop the collaboration' }));
  expect(go.Stop).toHaveBeenCalledWith('c1', 2, 'secret');
  expect(await screen.findByText('ended')).toBeInTheDocument();
});

test('a file of clients is mapped and looked at; who is a client already stays as it is unless chosen', async () => {
  vi.spyOn(me, 'can').mockReturnValue(true);
  const asked = { access: 'full', wallet: false, products: [] };
  go.OutlineImport.mockResolvedValue({
    columns: ['Wer'],
    fields: ['name', 'place'],
    required: ['name'],
    mapping: { columns: { name: 0 }, decimal: '', order: '' },
    questions: [],
    sample: [['Rezzoni']],
    rows: 3,
  });
  const found = {
    added: 1,
    replaced: 0,
    doubles: [
      {
        line: 3,
        id: 'c1',
        name: 'Atelier Brandt',
        place: 'Bern',
        file: { ...entry, name: 'ATELIER BRANDT', number: '', rights: asked },
        decided: 'skip',
      },
    ],
    rejected: [{ line: 4, field: 'number', code: 'not_a_number', cells: ['Cadenza', '12a'] }],
    first: [{ name: 'Rezzoni', place: '', number: '', rights: asked }],
  };
  go.PreviewImport.mockImplementation((input: { decided: Record<string, string> }) =>
    Promise.resolve({
      ...found,
      replaced: Object.keys(input.decided).length,
      doubles: found.doubles.map((one) => ({ ...one, decided: input.decided[one.line] ?? 'skip' })),
    }),
  );
  go.Import.mockResolvedValue({ ...found, replaced: 1 });
  go.SaveRejected.mockResolvedValue('rest.csv');
  const page = render(Clients);
  await userEvent.click(await screen.findByRole('button', { name: 'Import' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Import clients' }));
  const file = new File(['x'], 'clients.csv', { type: 'text/csv' });
  await fireEvent.change(page.baseElement.querySelector('input[type=file]')!, { target: { files: [file] } });
  await dialog.findByText('1 new, 0 updated, 1 skipped, 1 rows left out');
  dialog.getByText('Cadenza; 12a');
  await userEvent.click(dialog.getByRole('button', { name: 'Save the lines left out' }));
  expect(go.SaveRejected).toHaveBeenCalledWith(
    expect.objectContaining({ unnamed: '', decided: {} }),
    expect.objectContaining({ name: 'Save the lines left out.csv' }),
  );
  dialog.getByRole('button', { name: 'Import one client' });
  dialog.getByText('Kept already: Atelier Brandt, Bern');
  await userEvent.click(dialog.getByRole('radio', { name: 'Update' }));
  await userEvent.click(await dialog.findByRole('button', { name: 'Import 2 clients' }));
  await waitFor(() =>
    expect(go.Import).toHaveBeenCalledWith(
      expect.objectContaining({ decided: { 3: 'update' }, mapping: { columns: { name: 0 }, decimal: '', order: '' } }),
    ),
  );
});
