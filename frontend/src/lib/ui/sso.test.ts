/** Signing in through the browser, over a backend that answers like Go. */
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { standIn } from '../../test/kept/backend';
import SsoDialog from './SsoDialog.svelte';

async function link(answer: object, state: object = answer) {
  const sent = standIn({ 'session.Link': answer, 'session.State': state });
  const linked = vi.fn(async () => {});
  render(SsoDialog, { linked, close: vi.fn() });
  await fireEvent.input(screen.getByLabelText(/Your password of Kontor/), { target: { value: 'given' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Open the browser' }));
  return { linked, asked: () => sent.filter((one) => one.method === 'session.State').length };
}

test('a browser that answered before the call came back has linked the account', async () => {
  const { linked } = await link({ stage: 'done', link: '', fault: '' });
  await waitFor(() => expect(linked).toHaveBeenCalled());
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a browser that did not open leaves the link to copy, and says why', async () => {
  const fault = JSON.stringify({ code: 'browser', params: {} });
  const waiting = { stage: 'waiting', link: 'https://provider.example' };
  const { linked, asked } = await link({ ...waiting, fault }, { ...waiting, fault: '' });
  expect(await screen.findByRole('button', { name: 'Copy link' })).toBeTruthy();
  expect(await screen.findByRole('alert')).toBeTruthy();
  await waitFor(() => expect(asked()).toBeGreaterThan(1));
  expect(screen.getByRole('alert')).toBeTruthy();
  expect(linked).not.toHaveBeenCalled();
});
