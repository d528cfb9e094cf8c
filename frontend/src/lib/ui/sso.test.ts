/** Signing in through the browser, over a backend that answers like Go. */
import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { expect, test, vi } from 'vitest';
import { standIn } from '../../test/kept/backend';
import SsoDialog from './SsoDialog.svelte';

async function link(answer: object) {
  standIn({ 'session.Link': answer });
  const linked = vi.fn(async () => {});
  render(SsoDialog, { linked, close: vi.fn() });
  await fireEvent.input(screen.getByLabelText(/Your password of Kontor/), { target: { value: 'given' } });
  await fireEvent.click(screen.getByRole('button', { name: 'Open the browser' }));
  return linked;
}

test('a browser that answered before the call came back has linked the account', async () => {
  const linked = await link({ stage: 'done', link: '', fault: '' });
  await waitFor(() => expect(linked).toHaveBeenCalled());
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('a browser that did not open leaves the link to copy, and says why', async () => {
  const fault = JSON.stringify({ code: 'browser', params: {} });
  const linked = await link({ stage: 'waiting', link: 'https://provider.example', fault });
  expect(await screen.findByRole('button', { name: 'Copy link' })).toBeTruthy();
  expect(screen.getByRole('alert')).toBeTruthy();
  expect(linked).not.toHaveBeenCalled();
});
