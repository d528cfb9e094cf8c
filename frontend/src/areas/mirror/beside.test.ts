/** What the mirror adds to pages of other areas: suggested clients, domains, events of drives, and who one is there. */
import { render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { me } from '$lib/me.svelte';
import { connection } from '$lib/mirror.svelte';
import { router } from '$lib/router.svelte';
import { expectAccessible } from '../../test/axe';
import { standIn, type Sent } from '../../test/kept/backend';
import Differences from './Differences.svelte';
import Domains from './Domains.svelte';
import Events from './Events.svelte';
import { connected, organization } from './samples';
import Suggested from './Suggested.svelte';

const user = userEvent.setup({ pointerEventsCheck: 0, delay: null });
const stand = { kind: 'synced', since: '2026-11-28T16:29:00Z', reason: '', scope: '' };

function over(answers: Record<string, unknown>): Sent[] {
  connection.set(connected);
  return standIn({ 'mirror.State': connected, ...answers });
}

test('of a partner’s account a client is made, linked or ignored, each by a click of its own', async () => {
  const list = [
    organization('7', {
      name: 'Arcobaleno',
      partner: true,
      suggested: [{ choice: 'new_client', id: '', name: 'Arcobaleno', why: 'partner' }],
    }),
    organization('8', {
      name: 'Tre Larici',
      partner: true,
      suggested: [{ choice: 'client', id: 'c8', name: 'Hotel Tre Larici', why: 'number' }],
    }),
    organization('9', { name: 'Ponteri', suggested: [{ choice: 'link', id: 'o9', name: 'Ponteri', why: 'name' }] }),
  ];
  const sent = over({
    'mirror.Organizations': { stand, list, organizations: [], clients: [] },
    'mirror.Choose': { stand, list: list.slice(1), organizations: [], clients: [] },
  });
  const can = me.can;
  me.can = () => true;
  render(Suggested);
  await screen.findByText('Arcobaleno');
  expect(screen.queryByText('Ponteri')).toBeNull(); // no client, but an organization of one's own
  await expectAccessible(document.body);
  expect(sent.some((one) => one.method === 'mirror.Choose')).toBe(false);
  await user.click(screen.getByRole('button', { name: 'Make a client: Arcobaleno' }));
  await waitFor(() => expect(screen.queryByText('Arcobaleno')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Link with Hotel Tre Larici: Tre Larici' }));
  await user.click(screen.getByRole('button', { name: 'Ignore: Tre Larici' }));
  me.can = can;
  expect(sent.filter((one) => one.method === 'mirror.Choose').map((one) => one.args)).toEqual([
    [[{ account: '7', choice: 'new_client', localId: '', currency: '' }]],
    [[{ account: '8', choice: 'client', localId: 'c8', currency: '' }]],
    [[{ account: '8', choice: 'ignore', localId: '', currency: '' }]],
  ]);
});

test('what the organization there tells differently stands beside what is kept here', async () => {
  const one = organization('7', { name: 'Ponteri', choice: 'link', linkedId: 'o7' });
  const differences = [
    { field: 'name', here: 'Ponteri', there: 'Ponteri & Figli', may: true },
    { field: 'vat_number', here: '', there: 'CHE-116.281.710 MWST', may: false },
  ];
  const all = { stand, list: [{ ...one, differences }], organizations: [], clients: [] };
  const sent = over({
    'mirror.Organizations': all,
    'mirror.TakeOver': { ...all, list: [{ ...one, differences: differences.slice(1) }] },
  });
  vi.spyOn(me, 'organization', 'get').mockReturnValue({ id: 'o7' } as never);
  render(Differences);
  const row = within((await screen.findByText('CHE-116.281.710 MWST')).closest('tr')!);
  expect(row.getByText('VAT number')).toBeVisible();
  expect(row.getByText('empty')).toBeVisible();
  await expectAccessible(document.body);
  expect(row.queryByRole('button', { name: 'Take over: VAT number' })).toBeNull();
  await user.click(screen.getByRole('button', { name: 'Take over: Name' }));
  await waitFor(() => expect(screen.queryByText('Ponteri & Figli')).toBeNull());
  expect(sent.find((one) => one.method === 'mirror.TakeOver')?.args).toEqual(['7', 'name', 'Ponteri']);
});

test('a domain that was read leads to its DNS', async () => {
  const domain = {
    id: 'd',
    name: 'ponteri.example',
    account: '1',
    accountName: 'Ponteri',
    tld: 'example',
    end: { on: '2027-01-01', days: 33 },
  };
  over({
    'mirror.Domains': {
      stand,
      domains: [{ ...domain, created: '', status: ['ok'], premium: false, options: [], goneSince: '', stand }],
    },
  });
  render(Domains);
  expect(await screen.findByRole('link', { name: 'DNS kept: ponteri.example' })).toHaveAttribute(
    'href',
    '#/mirror/dns/ponteri.example',
  );
  await expectAccessible(document.body);
});

test('events of drives are a source of their own: told with their age, searched, and none where none is read', async () => {
  const drive = {
    id: '301',
    account: '1',
    accountName: 'Ponteri',
    name: 'Ponteri',
    on: true,
    events: 412,
    newest: '',
    oldest: '',
    stand,
    goneSince: '',
  };
  const event = {
    number: '1',
    drive: '301',
    driveName: 'Ponteri',
    at: '2026-11-28T10:00:00Z',
    action: 'file_rename',
    actor: 'Elena',
    path: '/b.odt',
  };
  const sent = over({
    'mirror.SaveEvents': '',
    'mirror.Events': {
      stand,
      drives: [drive],
      events: [{ ...event, before: '/a.odt', source: 'job', place: '192.0.2.7' }],
      next: '',
    },
  });
  const page = render(Events);
  await screen.findByText('1 shown; 412 kept of these drives');
  const row = within(screen.getByText('/b.odt').closest('tr')!);
  expect(row.getByText('renamed')).toBeVisible();
  expect(row.getByText('was /a.odt')).toBeVisible();
  await expectAccessible(document.body);
  await user.type(screen.getByRole('searchbox', { name: 'Find a file, a person, a word' }), 'offerta');
  await waitFor(() =>
    expect(sent.findLast((one) => one.method === 'mirror.Events')?.args).toEqual([
      { drive: '', text: 'offerta', from: '', until: '', before: '' },
    ]),
  );
  await user.click(screen.getByRole('button', { name: 'Save as CSV' }));
  await waitFor(() =>
    expect(sent.findLast((one) => one.method === 'mirror.SaveEvents')?.args).toEqual([
      { drive: '', text: 'offerta', from: '', until: '', before: '' },
      { title: 'Activity of kDrives', name: 'Activity of kDrives.csv', locale: 'en-GB' },
    ]),
  );
  page.unmount();
  // A hit of the search leads to its row, marked and with the focus, also where newer ones fill the first page.
  const pages = [
    [30, 29],
    [28, 27],
    [26, 25],
  ].map((numbers) => numbers.map((n) => ({ ...event, number: `1${n}`, path: `/offerta-${n}.odt` })));
  const asked = over({
    'mirror.Events': ({ before, text }: { before: string; text: string }) => {
      if (text === 'offerta 25') return { stand, drives: [drive], events: [pages[2]![1]], next: '' };
      const n = before === '' ? 0 : before === '129' ? 1 : 2;
      return { stand, drives: [drive], events: pages[n], next: n < 2 ? pages[n]![1]!.number : '' };
    },
  });
  router.go('#/activity/infomaniak?q=offerta&row=127');
  const led = render(Events);
  await waitFor(() => expect(screen.getByText('/offerta-27.odt').closest('tr')).toHaveFocus());
  expect(document.querySelectorAll('tr.is-selected')).toHaveLength(1);
  expect(asked.find((one) => one.method === 'mirror.Events')?.args).toEqual([
    { drive: '', text: 'offerta', from: '', until: '', before: '' },
  ]);
  router.go('#/activity/infomaniak?q=offerta+25&row=125'); // from the page itself, with other words
  await waitFor(() => expect(screen.getByText('/offerta-25.odt').closest('tr')).toHaveFocus());
  await waitFor(() => expect(screen.getByRole('searchbox')).toHaveValue('offerta 25'));
  await waitFor(() =>
    expect(asked.findLast((one) => one.method === 'mirror.Events')?.args[0]).toMatchObject({ text: 'offerta 25' }),
  );
  await waitFor(() => expect(screen.getByText('/offerta-25.odt').closest('tr')).toHaveFocus());
  expect(document.querySelectorAll('tr.is-selected')).toHaveLength(1);
  led.unmount();
  router.go('#/activity/infomaniak');
  over({ 'mirror.Events': { stand: { kind: 'local' }, drives: [], events: [], next: '' } });
  render(Events);
  expect(await screen.findByRole('link', { name: 'Choose drives' })).toHaveAttribute('href', '#/settings/infomaniak');
});
