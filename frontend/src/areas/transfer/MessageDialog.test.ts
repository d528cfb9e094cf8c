import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, expect, test, vi } from 'vitest';
import MessageDialog from './MessageDialog.svelte';

const api = vi.hoisted(() => ({ read: vi.fn(), fail: vi.fn() }));
vi.mock('./api', async (original) => ({ ...(await original<object>()), ...api }));
const router = vi.hoisted(() => ({ go: vi.fn() }));
vi.mock('$lib/router.svelte', async (original) => {
  const real = await original<typeof import('$lib/router.svelte')>();
  return { ...real, router: { ...real.router, go: router.go } };
});

const none = {
  id: '',
  domain: '',
  holder: '',
  registrar: '',
  stage: '',
  since: '',
  asked: false,
  attempts: 0,
  cause: '',
  expires: '',
};
const reading = (follows: object) => ({
  message: { subject: '', from: '', sent: '', body: 'montebruno.it failed' },
  findings: [],
  codes: [],
  until: '',
  other: [],
  domain: 'montebruno.it',
  follows: { ...none, ...follows },
});

beforeEach(() => vi.clearAllMocks());

async function diagnose(begin = vi.fn()) {
  render(MessageDialog, { begin, close: vi.fn() });
  await fireEvent.input(screen.getByRole('textbox'), { target: { value: 'montebruno.it failed' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Diagnose' }));
}

test('a message is kept with the transfer that it is about', async () => {
  api.read.mockResolvedValue(reading({ id: 't7', domain: 'montebruno.it', stage: 'at_registry' }));
  await diagnose();
  await fireEvent.click(await screen.findByRole('button', { name: 'Keep it with montebruno.it' }));
  await vi.waitFor(() => expect(router.go).toHaveBeenCalledWith('#/transfer/t7'));
  expect(api.fail).toHaveBeenCalledWith('t7', expect.any(String), '');
});

test('one of a transfer that is done only leads there', async () => {
  api.read.mockResolvedValue(reading({ id: 't7', domain: 'montebruno.it', stage: 'done' }));
  await diagnose();
  await fireEvent.click(await screen.findByRole('button', { name: 'Open montebruno.it' }));
  await vi.waitFor(() => expect(router.go).toHaveBeenCalledWith('#/transfer/t7'));
  expect(api.fail).not.toHaveBeenCalled();
});

test('a transfer that nobody follows can be noted with its message', async () => {
  api.read.mockResolvedValue(reading({}));
  const begin = vi.fn();
  await diagnose(begin);
  await fireEvent.click(await screen.findByRole('button', { name: 'Note a transfer of montebruno.it' }));
  expect(begin).toHaveBeenCalledWith('montebruno.it', expect.any(String));
});
