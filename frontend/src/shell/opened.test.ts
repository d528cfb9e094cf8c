import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { me } from '$lib/me.svelte';
import { unsaved } from '$lib/ui/unsaved.svelte';
import App from '../App.svelte';
import { standIn, type Sent } from '../test/kept/backend';

const user = userEvent.setup();
const backup = { kind: 'kontor-backup', path: '/home/elena/mine.kontor-backup', name: 'mine.kontor-backup', data: '' };
const organization = { kind: 'kontor-organization', path: '/home/elena/o.kontor-organization', name: 'o', data: '' };
const signed = { kind: 'kontor', path: '/home/elena/i.kontor', name: 'i.kontor', data: 'YQ==' };
const none = { kind: '', path: '', name: '', data: '' };

let waiting = none;
let heard: Map<string, () => void>;
let sent: Sent[];

const person = {
  anyAccount: true,
  accountId: 'elena',
  firstName: 'Elena',
  lastName: 'Bianchi',
  loginEmail: 'elena@ponteri.example',
  timeZone: '',
  organizationId: '',
  organizations: [],
  capabilities: ['view_clients', 'manage_clients'],
};

/** Kontor as it stands there; Go gives the file once, and not before whoever may have it is there. */
function open(current: object, fault = '') {
  sent = standIn({
    'app.State': { fault, notes: [], sample: false, speaks: 'en', writes: 'en-CH', look: '', beside: '', synced: '' },
    'app.Copies': [],
    'app.Opened': () => {
      const file = waiting;
      waiting = none;
      return file;
    },
    'frame.Current': { organizations: [], capabilities: [], timeZone: '', ...current },
    'settings.Get': { theme: '', language: '', region: '', sidebar: '', zoom: 100, speaks: 'en', writes: 'en-CH' },
    'session.LockRule': { minutes: 0 },
    'client.List': { clients: [], active: 0, pending: 0, listed: 0, less: 0, past: 0 },
    'client.Shortlist': { clients: [], all: 0 },
    'client.Partners': [],
    'client.OpenSigned': {
      kind: 'reply',
      from: 'Hotel Tre Larici SA',
      client: 'Hotel Tre Larici SA',
      madeAt: '2026-11-20T10:00:00Z',
      refused: true,
      fingerprint: '',
    },
  });
  render(App);
}

function hand(file: typeof none) {
  waiting = file;
  heard.get('file:opened')?.();
}

beforeEach(() => {
  waiting = none;
  heard = new Map();
  Object.assign(window, {
    runtime: {
      EventsEmit: () => {},
      EventsOnMultiple: (name: string, listener: () => void) => {
        heard.set(name, listener);
        return () => heard.delete(name);
      },
    },
  });
  location.hash = '#/organization';
  window.dispatchEvent(new HashChangeEvent('hashchange'));
});
afterEach(() => Reflect.deleteProperty(window, 'runtime'));

const restoring = () => screen.findByRole('dialog', { name: 'Restore a backup file' });
const asked = () => sent.filter((one) => one.method === 'app.Opened').length;

test('a backup that the program was started with is in its dialog on the first screen', async () => {
  waiting = backup;
  open({ signedIn: false, anyAccount: false });
  expect(await within(await restoring()).findByText('mine.kontor-backup')).toBeVisible();
  expect(screen.getByRole('heading', { name: 'How do you want to begin?' })).toBeInTheDocument();
  expect(sent.some((one) => one.method === 'app.OpenBackup')).toBe(false); // before its passphrase is there
});

test('and where the workspace cannot be opened', async () => {
  waiting = backup;
  open({}, JSON.stringify({ code: 'unavailable', reason: 'workspace_damaged' }));
  expect(await within(await restoring()).findByText('mine.kontor-backup')).toBeVisible();
});

test('what is opened while somebody works comes over their page, the next in its place', async () => {
  open({ ...person, signedIn: true });
  await waitFor(() => expect(heard.has('file:opened')).toBe(true));
  hand(backup);
  expect(await within(await restoring()).findByText('mine.kontor-backup')).toBeVisible();
  hand(organization);
  expect(await screen.findByText('o.kontor-organization')).toBeVisible();
  expect(screen.queryByText('mine.kontor-backup')).toBeNull();
  expect(location.hash).toBe('#/organization/bring');
  await user.click(screen.getByRole('button', { name: 'Cancel' }));
  await waitFor(() => expect(location.hash).toBe('#/organization'));
  hand(signed);
  expect(await screen.findByRole('dialog', { name: /Hotel Tre Larici SA/ })).toBeVisible();
  expect(sent.findLast((one) => one.method === 'client.OpenSigned')?.args).toEqual(['YQ==']);
  expect(location.hash).toBe('#/client');
});

test('nothing is asked for while the window is locked', async () => {
  open({ ...person, signedIn: true });
  await waitFor(() => expect(heard.has('file:opened')).toBe(true));
  await me.lock();
  await screen.findByText('Kontor is locked');
  await waitFor(() => expect(heard.has('file:opened')).toBe(false));
  const before = asked();
  waiting = backup;
  expect(asked()).toBe(before);
  expect(screen.queryByText('mine.kontor-backup')).toBeNull();
  await me.refresh(); // signed in again
  expect(await within(await restoring()).findByText('mine.kontor-backup')).toBeVisible();
});

test('what is typed and not saved is asked about first, and stays', async () => {
  open({ ...person, signedIn: true });
  await waitFor(() => expect(heard.has('file:opened')).toBe(true));
  const release = unsaved.hold(() => true);
  hand(organization);
  await waitFor(() => expect(unsaved.asking).toBe(true));
  unsaved.answer(false);
  hand(backup);
  await waitFor(() => expect(unsaved.asking).toBe(true));
  expect(screen.queryByText('o.kontor-organization')).toBeNull();
  release();
  unsaved.answer(true);
  expect(await within(await restoring()).findByText('mine.kontor-backup')).toBeVisible();
});
