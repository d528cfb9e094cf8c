import { configure, render, screen, waitFor, within } from '@testing-library/svelte';
import { userEvent as events } from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { Fault } from '$lib/backend';
import { answer, chf, desk, table } from './sample';
import Simulator from './Simulator.svelte';

const api = vi.hoisted(() => ({
  simulate: vi.fn(),
  remember: vi.fn(),
  saveBook: vi.fn(),
  saveSchedule: vi.fn(),
  saveTerms: vi.fn(),
  deleteBook: vi.fn(),
  exportCSV: vi.fn(),
  openGuide: vi.fn(),
  desk: vi.fn(),
}));
vi.mock('./api', () => api);

// On a busy machine a page of this size takes its time.
configure({ asyncUtilTimeout: 8000 });
vi.setConfig({ testTimeout: 30_000 });
const userEvent = events.setup({ delay: null });

beforeEach(() => {
  for (const one of Object.values(api)) one.mockReset();
  api.simulate.mockResolvedValue({ answer: answer(), table: table() });
  api.remember.mockResolvedValue(undefined);
});

async function open(change: Partial<ReturnType<typeof desk>> = {}) {
  const again = vi.fn(() => Promise.resolve());
  render(Simulator, { desk: { ...desk(), ...change }, again });
  await screen.findByRole('region', { name: 'Result' });
  return again;
}

const result = () => screen.getByRole('region', { name: 'Result' });

test('shows the total for 35 as such, with the price of one beside it', async () => {
  await open();
  expect(within(result()).getByText('You pay for 35, per month')).toBeInTheDocument();
  expect(result()).toHaveTextContent('CHF208.32');
  expect(result()).toHaveTextContent('5.952 each, per month');
  expect(result()).toHaveTextContent('− 40 %');
  expect(document.body).not.toHaveTextContent(/208\.60|208\.25|190\.96/);
});

test('a refused quantity is told at its field; what was computed stays and is marked', async () => {
  await open();
  api.simulate.mockRejectedValue(new Fault('invalid', { fields: [{ name: 'quantity', code: 'not_a_number' }] }));
  const field = screen.getByLabelText('Quantity');
  await userEvent.clear(field);
  await userEvent.type(field, 'many');
  expect(await screen.findByText('Enter a number.')).toBeInTheDocument();
  expect(field).toHaveValue('many');
  expect(field).toHaveAttribute('aria-invalid', 'true');
  expect(result()).toHaveTextContent('CHF208.32');
  expect(result()).toHaveTextContent('These figures answer the last question');
  expect(api.simulate.mock.lastCall?.[0]).toMatchObject({ quantity: '?many' });
});

test('a rule link shows its sentence', async () => {
  await open();
  await userEvent.click(screen.getByRole('button', { name: 'Rule R1: show the sentence' }));
  expect(screen.getByText(/Rounded once, on the total of the line/)).toBeInTheDocument();
});

test('limited access leaves no choice of payment means and says why', async () => {
  await open();
  await userEvent.click(screen.getByRole('radio', { name: 'Limited' }));
  await waitFor(() => expect(api.simulate.mock.lastCall?.[0]).toMatchObject({ access: 'limited' }));
  expect(screen.getByRole('radio', { name: 'Partner’s' })).toBeDisabled();
  expect(screen.getByText('The choice of payment method exists only with full access.')).toBeInTheDocument();
});

test('what the rules leave open is said, with no figure for the partner', async () => {
  const none = { exact: '', rounded: chf(''), each: chf(''), eachExact: false };
  api.simulate.mockResolvedValue({
    table: table(),
    answer: answer({
      outcome: 'not_covered',
      payer: '',
      rule: 'N2',
      caseIndex: 2,
      gain: chf(''),
      charged: chf(''),
      reduction: '',
      saved: chf(''),
      preferential: none,
      afterPartner: none,
    }),
  });
  await open();
  expect(result()).toHaveTextContent('Not covered by the rules');
  expect(result()).not.toHaveTextContent('208.32');
});

test('a cell of the what-if table becomes the question', async () => {
  await open();
  await userEvent.click(screen.getAllByRole('button', { name: '126.98' })[1]!);
  await waitFor(() => expect(api.simulate.mock.lastCall?.[0]).toMatchObject({ quantity: '20', rate: '20' }));
  expect(screen.getByLabelText('Quantity')).toHaveValue('20');
});

test('whoever may not edit prices sees no way to', async () => {
  await open({ canEdit: false });
  expect(screen.queryByRole('button', { name: 'Edit the prices' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Edit the steps' })).toBeNull();
});

test('refused steps keep what was typed', async () => {
  await open();
  api.saveSchedule.mockRejectedValue(
    new Fault('invalid', { fields: [{ name: 'tiers.1.from', code: 'not_rising', params: { above: '5' } }] }),
  );
  await userEvent.click(screen.getAllByRole('button', { name: 'Edit the steps' })[0]!);
  const second = (await screen.findAllByLabelText('From quantity'))[1]!;
  await userEvent.clear(second);
  await userEvent.type(second, '3');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('It has to be above 5: the steps rise.')).toBeInTheDocument();
  expect(second).toHaveValue('3');
});

test('an export is of the question on the page', async () => {
  api.exportCSV.mockResolvedValue('calcolo.csv');
  await open();
  await userEvent.click(screen.getByRole('button', { name: 'Export CSV' }));
  expect(api.exportCSV.mock.lastCall?.[0]).toMatchObject({ quantity: '35', rate: '20' });
});
