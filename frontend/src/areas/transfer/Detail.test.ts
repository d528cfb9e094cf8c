import { fireEvent, render, screen, within } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Transfer } from './api';
import Detail from './Detail.svelte';

const failed = (): Transfer => ({
  row: {
    id: 't1',
    domain: 'tre-larici.com',
    holder: 'Hotel Tre Larici, Chur',
    registrar: 'Nordhost',
    stage: 'failed',
    since: '2026-11-19T15:04:00Z',
    asked: false,
    attempts: 2,
    cause: 'locked',
    expires: '2027-03-11',
  },
  version: 3,
  order: '20655',
  registered: '2019-03-11',
  moved: '',
  restartBy: '',
  codeKept: '2026-11-17T08:00:00Z',
  codeUsed: 2,
  codeDays: 14,
  records: '',
  next: [],
  ledger: [
    {
      number: 2,
      started: '2026-11-17T08:20:00Z',
      ended: '2026-11-19T15:04:00Z',
      outcome: 'failed',
      cause: 'locked',
      epp: '2304',
      fee: { amount: '0.00', currency: 'CHF' },
    },
    {
      number: 1,
      started: '2026-11-10T13:02:00Z',
      ended: '2026-11-10T13:03:00Z',
      outcome: 'failed',
      cause: 'code_wrong',
      epp: '2202',
      fee: { amount: '14.90', currency: 'CHF' },
    },
  ],
  paid: { amount: '14.90', currency: 'CHF' },
  nextFee: { amount: '0.00', currency: 'CHF' },
  hasMessage: true,
  message: {
    subject: 'Failed',
    from: 'help@nordhost.example',
    sent: '2026-11-19T15:04:00Z',
    body: 'clientTransferProhibited',
  },
  findings: [
    {
      cause: 'locked',
      confidence: 94,
      hand: 'you',
      evidence: ['clientTransferProhibited'],
      ruledOut: '',
      source: { title: 'Infomaniak, guide 1814', link: 'guide', guide: '1814', infomaniak: true },
    },
    {
      cause: 'sixty_days',
      confidence: 25,
      hand: 'time',
      evidence: ['2304 Object status prohibits operation'],
      ruledOut: 'older_than_sixty',
      source: { title: 'Infomaniak, guide 1814', link: 'guide', guide: '1814', infomaniak: true },
    },
  ],
  checks: [
    { question: 'old_enough', verdict: 'passed', note: 'since', day: '2019-03-11', at: '', count: 0, mine: false },
    {
      question: 'unlocked',
      verdict: 'blocked',
      note: 'as_of_failure',
      day: '',
      at: '2026-11-19T15:04:00Z',
      count: 0,
      mine: true,
    },
    {
      question: 'fresh_code',
      verdict: 'blocked',
      note: 'code_used',
      day: '',
      at: '2026-11-17T08:00:00Z',
      count: 2,
      mine: false,
    },
  ],
  blockers: ['unlocked', 'fresh_code'],
  deadlines: [{ kind: 'renew_before', at: '', day: '2027-03-11' }],
  extension: '',
  renewal: 'from_old_expiry',
  codeless: false,
  notes: [],
  there: { words: [], at: '', stale: false },
  newExpiry: '2028-03-11',
  strictExpiry: '2028-03-10',
  colleagues: [],
  account: {
    known: true,
    first: [{ entry: 12, at: '2026-11-10T14:02:00Z', amount: { amount: '14.90', currency: 'CHF' } }],
    again: [],
  },
});

const service = { Get: vi.fn(), RevealCode: vi.fn(), NoteRestart: vi.fn(), Answer: vi.fn(), Advance: vi.fn() };

const manager = { Tasks: vi.fn(), Settle: vi.fn() };
const link = { Open: vi.fn() };
const restart = {
  id: 'task1',
  kind: 'restart_domain',
  ref: 't1',
  page: 'domains',
  params: { domain: 'tre-larici.com' },
  notedAt: '2026-11-20T12:00:00Z',
  outcome: 'open',
  closedAt: '',
};

beforeEach(() => {
  for (const fn of [service, manager, link].flatMap((one) => Object.values(one))) fn.mockReset();
  manager.Tasks.mockResolvedValue([]);
  (window as unknown as { go: unknown }).go = {
    transfer: { Window: service },
    manager: { Window: manager },
    link: { Window: link },
  };
});

async function show(transfer: Transfer) {
  service.Get.mockResolvedValue(transfer);
  render(Detail, { id: transfer.row.id });
  await screen.findByRole('heading', { level: 1, name: 'tre-larici.com' });
}

test('a failed one begins with the red banner: cause and instruction', async () => {
  await show(failed());
  const banner = screen.getByRole('alert');
  expect(banner).toHaveTextContent('The transfer of tre-larici.com failed on 19 Nov 2026');
  expect(banner).toHaveTextContent('The domain is locked at Nordhost (clientTransferProhibited).');
  expect(banner).toHaveTextContent('By Infomaniak’s guide the fee stays paid.');
});

test('causes are ranked with who acts, evidence and source, and never in Infomaniak’s name', async () => {
  await show(failed());
  const rows = within(screen.getAllByRole('table')[0]!).getAllByRole('row').slice(1);
  expect(rows[0]).toHaveTextContent('Domain is locked');
  expect(rows[0]).toHaveTextContent('94 %');
  expect(rows[0]).toHaveTextContent('You, at Nordhost');
  expect(rows[0]).toHaveTextContent('Rests on: “clientTransferProhibited”');
  expect(rows[1]).toHaveTextContent('ruled out');
  expect(rows[1]).not.toHaveTextContent('25 %');
  expect(screen.getByText(/not a statement by Infomaniak/)).toBeVisible();
});

test('the ledger shows the next attempt at no cost and one payment in all', async () => {
  await show(failed());
  const table = screen.getByRole('button', { name: 'Export attempts' }).closest('section')!;
  const rows = within(table).getAllByRole('row');
  expect(rows[1]).toHaveTextContent('3not started');
  expect(rows[1]).toHaveTextContent('waits for 2 checks');
  expect(rows[1]).toHaveTextContent('CHF 0.00');
  expect(rows.at(-1)).toHaveTextContent('CHF 14.90');
});

test('a restart waits for its checks, and is led to the Manager in spite of them only when asked twice', async () => {
  await show(failed());
  expect(screen.getByRole('button', { name: 'Restart it in the Manager' })).toBeDisabled();
  expect(screen.getByText('Waits for: Transfer lock is off, Authorization code is fresh.')).toBeVisible();
  await fireEvent.click(screen.getByRole('button', { name: 'Restart it there all the same' }));
  const dialog = await screen.findByRole('dialog');
  expect(service.NoteRestart).not.toHaveBeenCalled();
  service.NoteRestart.mockResolvedValue(failed());
  manager.Tasks.mockResolvedValue([restart]);
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Restart it there all the same' }));
  expect(service.NoteRestart).toHaveBeenCalledWith('t1', true);
  await vi.waitFor(() => expect(link.Open).toHaveBeenCalledWith('domains', {}));
  expect(await screen.findByText('Still failed, until it is restarted there.')).toBeVisible();
  expect(screen.getByText(/failed on 19 Nov/)).toBeVisible();
});

test('it was restarted only once the person says so', async () => {
  manager.Tasks.mockResolvedValue([restart]);
  await show(failed());
  service.Get.mockResolvedValue({
    ...failed(),
    row: { ...failed().row, stage: 'requested', asked: true, attempts: 3 },
    next: ['code_checked', 'failed'],
    checks: [],
    blockers: [],
    findings: [],
  });
  await fireEvent.click(await screen.findByRole('button', { name: /^I have restarted it/ }));
  expect(manager.Settle).toHaveBeenCalledWith('task1', 'done');
  expect(await screen.findByText('Attempt 3: restarted in the Manager, by your word')).toBeVisible();
  expect(screen.queryByText(/failed on 19 Nov/)).toBeNull();
});

test('the code is masked until it is asked for', async () => {
  service.RevealCode.mockResolvedValue('qK7#vB2');
  await show(failed());
  expect(document.body).not.toHaveTextContent('qK7#vB2');
  await fireEvent.click(screen.getByRole('button', { name: 'Show the code' }));
  const dialog = screen.getByRole('dialog', { name: 'Show the code' });
  await fireEvent.input(within(dialog).getByLabelText('Your password of Kontor'), { target: { value: 'larch' } });
  await fireEvent.click(within(dialog).getByRole('button', { name: 'Show the code' }));
  expect(service.RevealCode).toHaveBeenCalledWith('t1', 'larch');
  expect(await screen.findByText('qK7#vB2')).toBeVisible();
  await fireEvent.click(screen.getByRole('button', { name: 'Hide the code' }));
  expect(document.body).not.toHaveTextContent('qK7#vB2');
});

test('both ways of counting a year are shown where they differ', async () => {
  await show(failed());
  expect(screen.getByText(/is valid until 11 Mar 2028; counted as 365 days, until 10 Mar 2028/)).toBeVisible();
});

test('what came of it is recorded', async () => {
  const asked = {
    ...failed(),
    next: ['code_checked', 'done', 'failed'],
    checks: [],
    blockers: [],
    findings: [],
    hasMessage: false,
  };
  asked.row = { ...asked.row, stage: 'requested', asked: true, attempts: 3 };
  await show(asked);
  service.Advance.mockResolvedValue({ ...asked, row: { ...asked.row, stage: 'done', asked: false }, next: [] });
  await fireEvent.click(screen.getByRole('button', { name: 'The domain has arrived' }));
  expect(service.Advance).toHaveBeenCalledWith('t1', 'done');
  expect(await screen.findByText(/has erased its authorization code/)).toBeVisible();
});

test('the prepaid account has no fee for a restart; where it has, that is said', async () => {
  service.Get.mockResolvedValue(failed());
  const { unmount } = render(Detail, { id: 't1' });
  await screen.findByText('The prepaid account paid CHF 14.90 on 10 Nov 2026 (entry 12) and nothing for a restart.');
  unmount();
  const twice = failed();
  twice.account.again = [{ entry: 15, at: '2026-11-17T08:20:00Z', amount: { amount: '14.90', currency: 'CHF' } }];
  service.Get.mockResolvedValue(twice);
  render(Detail, { id: 't1' });
  await screen.findByText(/paid again, CHF 14.90 \(entry 15\).*A restart costs nothing/);
});
