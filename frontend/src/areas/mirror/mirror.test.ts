/** The pages of the connection as a person uses them, over a backend that answers like Go. */
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { LOCALES, language } from '$lib/i18n';
import { connection } from '$lib/mirror.svelte';
import { parseRoute } from '$lib/router.svelte';
import { expectAccessible } from '../../test/axe';
import { standIn, type Sent } from '../../test/kept/backend';
import Connection from './connect/Connection.svelte';
import Mine from './mine/Mine.svelte';
import Security from './mine/Security.svelte';
import Page from './Page.svelte';
import { area, areas, connected, edit, mine, none, nothing, organization, signed } from './samples';
import type { Check, State } from './api';

const user = userEvent.setup({ pointerEventsCheck: 0, delay: null });
const CANARY = 'kontor-canary-7Q';

const check: Check = {
  id: 'check-1',
  person: connected.person,
  same: false,
  another: false,
  requests: 8,
  left: 47,
  areas,
  organizations: [
    organization('7', {
      name: 'Studio Ponteri SA',
      suggested: [{ choice: 'link', id: 'org-1', name: 'Studio Ponteri SA', why: 'vat_number' }],
    }),
    organization('9', { name: 'Arcobaleno', country: 'NO' }),
    organization('11', {
      name: 'Hotel Tre Larici AG',
      partner: true,
      suggested: [{ choice: 'new_client', id: '', name: '', why: 'partner' }],
    }),
  ],
};
const job = (state: string) => ({ id: 'job-1', name: '', state, done: 8, total: 8, fault: '' });
const lists = {
  'mirror.Organizations': {
    stand: { kind: 'synced', since: '', reason: '', scope: '' },
    list: check.organizations,
    organizations: [{ id: 'org-1', name: 'Studio Ponteri SA' }],
    clients: [],
  },
  'mirror.Drives': { stand: { kind: 'waiting', since: '', reason: '', scope: '' }, drives: [] },
  'mirror.Edits': [],
  'mirror.Mine': mine,
  'mirror.Sessions': signed,
  'mirror.Passwords': {
    stand: { kind: 'synced', since: '2026-11-28T16:29:00Z', reason: '', scope: '' },
    list: [],
    edits: [],
  },
};

let sent: Sent[];
function over(state: State, more: Record<string, unknown> = {}) {
  sent = standIn({ 'mirror.State': state, 'mirror.Connect': connected, ...lists, ...more });
  connection.set(state);
}
const last = (method: string) => sent.filter((one) => one.method === method).at(-1)?.args;

beforeEach(() => over(nothing));

describe('connecting', () => {
  const answers = { 'mirror.Check': job('done'), 'mirror.CheckResult': check, 'bridge.Get': job('done') };

  async function tried(result: Check = check) {
    over(nothing, { ...answers, 'mirror.CheckResult': result });
    render(Connection);
    await fireEvent.input(await screen.findByLabelText('Paste it here'), { target: { value: CANARY } });
    await user.click(screen.getByRole('button', { name: 'Check the token' }));
    await screen.findByRole('heading', { name: 'What this token can read' });
  }

  test('the token is sent once and stands nowhere in the window after that', async () => {
    await tried();
    expect(last('mirror.Check')).toEqual([CANARY]);
    expect(document.documentElement.outerHTML).not.toContain(CANARY);
    expect([...document.querySelectorAll('input')].map((one) => one.value)).not.toContain(CANARY);
    await expectAccessible(document.body);
  });

  test('nothing is taken by itself, and what is missing is asked for before anything is kept', async () => {
    await tried();
    expect(screen.getByText(/The token belongs to elena.bernasconi/)).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Choose organizations' }));
    const norway = within(await screen.findByRole('radiogroup', { name: 'Arcobaleno' }));
    await user.click(norway.getByRole('radio', { name: 'New here' }));
    expect(screen.getByText('One choice is missing: the currency of Arcobaleno.')).toBeVisible();
    await user.click(screen.getByRole('button', { name: 'Connect and read' }));
    expect(last('mirror.Connect')).toBeUndefined();
    await user.click(
      within(screen.getByRole('radiogroup', { name: 'Arcobaleno: currency' })).getByRole('radio', { name: 'EUR' }),
    );
    await user.click(screen.getByRole('button', { name: /^Take\s*: Hotel Tre Larici AG/ }));
    await expectAccessible(document.body);
    await user.click(screen.getByRole('button', { name: 'Connect and read' }));
    await waitFor(() =>
      expect(last('mirror.Connect')).toEqual([
        {
          check: 'check-1',
          choices: [
            { account: '7', choice: 'look', localId: '', currency: '' },
            { account: '9', choice: 'create', localId: '', currency: 'EUR' },
            { account: '11', choice: 'new_client', localId: '', currency: '' },
          ],
        },
      ]),
    );
    await screen.findByRole('heading', { name: 'Areas' });
  });

  test('the token of somebody else is not kept', async () => {
    await tried({ ...check, another: true });
    expect(screen.queryByRole('button', { name: 'Choose organizations' })).toBeNull();
    expect(screen.getByText(/Disconnect first; nothing was changed/)).toBeVisible();
  });

  test('another token of the same person replaces the old one without a choice', async () => {
    await tried({ ...check, same: true });
    await user.click(screen.getByRole('button', { name: 'Replace the token' }));
    await waitFor(() => expect(last('mirror.Connect')).toEqual([{ check: 'check-1', choices: [] }]));
  });

  test('the sample says why it cannot connect, and offers no field', async () => {
    over({ ...nothing, hindrance: 'sample' });
    render(Connection);
    await screen.findByText(/The sample workspace connects to nothing/);
    expect(document.querySelector('input')).toBeNull();
    await expectAccessible(document.body);
  });
});

describe('connected', () => {
  const states: Record<string, State> = {
    idle: connected,
    paused: { ...connected, state: 'paused', reason: 'refused' },
    offline: { ...connected, state: 'waiting', reason: 'offline' },
    frozen: { ...connected, connected: false, frozen: true, frozenAt: '2026-11-28T10:00:00Z' },
    'lost scope': { ...connected, token: { ...connected.token, warn: 'lost_scope', lost: ['domain:read'] } },
    unused: { ...connected, token: { ...connected.token, warn: 'unused', daysLeft: 41 } },
    'many organizations': {
      ...connected,
      areas: Array.from({ length: 10_000 }, (_, i) =>
        area('members', 'synced', { account: String(i), accountName: `N${i}` }),
      ),
    },
  };

  test.each(Object.entries(states))('%s', async (_, state) => {
    over(state, { 'mirror.Edits': [edit('requested'), edit('conflict', { may: ['keep', 'take'] })] });
    render(Connection);
    await screen.findByRole('heading', { name: 'Areas' });
    await screen.findByText('Edits on their way', { selector: 'h2' });
    expect(document.querySelectorAll('tr').length).toBeLessThan(80);
    await expectAccessible(document.body);
  });

  test('paused says that nothing is asked, and leads to a new token', async () => {
    over(states.paused!);
    render(Connection);
    await user.click(await screen.findByRole('button', { name: 'Paste a new token' }));
    await screen.findByLabelText('Paste it here');
  });

  test('disconnecting keeps a copy unless erasing is chosen, and wants the password', async () => {
    over(connected, {
      'mirror.Parting': { counts: [{ kind: 'products', count: 50 }], sent: 1, unsent: 2 },
      'mirror.Disconnect': nothing,
    });
    render(Connection);
    await user.click(await screen.findByRole('button', { name: 'Disconnect' }));
    const dialog = within(await screen.findByRole('dialog'));
    await dialog.findByText(/1 edit|One edit was sent/);
    await dialog.findByText(/50 products go from the workspace/);
    expect(dialog.getByRole('radio', { name: /Keep a frozen copy/ })).toBeChecked();
    await user.click(dialog.getByRole('radio', { name: /Erase what was read/ }));
    await user.type(dialog.getByLabelText(/Your password in Kontor/), 'secret');
    await expectAccessible(document.body);
    await user.click(dialog.getByRole('button', { name: 'Disconnect' }));
    await waitFor(() => expect(last('mirror.Disconnect')).toEqual([{ password: 'secret', erase: true }]));
    await screen.findByLabelText('Paste it here');
  });

  test('the report is asked for, shown and copied whole', async () => {
    over(connected, {
      'mirror.Probe': job('done'),
      'bridge.Get': job('done'),
      'mirror.ProbeReport': { at: '', rows: [], text: 'GET /2/profile 200\n  id: number' },
    });
    render(Connection);
    await user.click(await screen.findByRole('button', { name: 'Probe report' }));
    await user.click(await screen.findByRole('button', { name: 'Make the report' }));
    await screen.findByText(/id: number/);
    await user.click(screen.getByRole('button', { name: 'Copy the report' }));
    await waitFor(() => expect(last('app.Copy')).toEqual(['GET /2/profile 200\n  id: number', false]));
    await expectAccessible(document.body);
  });
});

describe('mine', () => {
  test('each field says how far its edit is, and claims no more', async () => {
    over(connected);
    render(Mine);
    await screen.findByText('requested');
    expect(screen.getByText(/Sent .* and accepted. Not yet read back/)).toBeVisible();
    expect(
      screen.getByText(/You asked for Liechtenstein \(.* Infomaniak said yes, and reads Switzerland/),
    ).toBeVisible();
    expect(screen.getByText(/Has not left this computer/)).toBeVisible();
    const last = screen.getByLabelText('Last name');
    expect(last).toHaveValue('Bernasconi (Studio)');
    expect(last).toHaveAccessibleDescription(
      /Infomaniak: “may only contain letters”\. There it still reads Bernasconi\./,
    );
    await expectAccessible(document.body);
  });

  test('what is sent is the field alone, with what stood on the page', async () => {
    over(connected, { 'mirror.Mine': { ...mine, fields: mine.fields.map((one) => ({ ...one, edit: none })) } });
    render(Mine);
    await user.click(await screen.findByRole('button', { name: 'Edit at Infomaniak: First name' }));
    const field = screen.getByLabelText('First name');
    await user.clear(field);
    await user.type(field, 'Elena Maria');
    await user.click(screen.getByRole('button', { name: 'Send to Infomaniak' }));
    const read = { text: 'Elena', id: 0, on: false, number: '0' };
    await waitFor(() =>
      expect(last('mirror.Change')).toEqual([
        [{ field: 'first_name', value: { ...read, text: 'Elena Maria', number: '' }, read }],
      ]),
    );
  });

  test('without a connection there is nothing of it, and frozen it cannot be edited', async () => {
    over(nothing);
    render(Mine);
    expect(document.querySelector('section')).toBeNull();
    cleanup();
    over({ ...connected, connected: false, frozen: true });
    render(Mine);
    await screen.findByText('Europe/Zurich');
    expect(screen.queryByRole('button', { name: /^Edit at Infomaniak/ })).toBeNull();
  });

  test('a conflict stands side by side and sends nothing before a choice', async () => {
    over(connected);
    render(Security);
    await user.click(await screen.findByRole('button', { name: 'Compare: Lock after failures' }));
    const dialog = within(await screen.findByRole('dialog'));
    for (const shown of ['after 10 failures', 'after 8 failures', 'after 5 failures'])
      expect(dialog.getByText(shown)).toBeVisible();
    await expectAccessible(document.body);
    await user.click(dialog.getByRole('button', { name: 'Later' }));
    expect(sent.map((one) => one.method).filter((one) => /Keep|Take|Change/.test(one))).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Compare: Lock after failures' }));
    await user.click(await screen.findByRole('button', { name: 'Send mine, after 8 failures' }));
    await waitFor(() => expect(last('mirror.KeepMine')).toEqual(['edit-conflict']));
  });

  test('a session is ended in the Manager: the link is opened, and only a reading says that it is gone', async () => {
    over(connected, { 'mirror.MarkSession': signed });
    render(Security);
    expect(await screen.findByText(/You opened the Manager for it .* When/)).toBeVisible();
    expect(screen.getByText(/not in the list read/)).toBeVisible();
    await expectAccessible(document.body);
    await user.click(screen.getByRole('button', { name: 'End it in the Manager: Chrome, macOS' }));
    await waitFor(() => expect(last('mirror.MarkSession')).toEqual(['s2', 'to_end']));
    expect(last('link.Open')).toEqual(['connections', {}]);
  });
});

describe('the pages of what was read', () => {
  const stand = { kind: 'synced', since: '2026-11-28T16:29:00Z', reason: '', scope: '' };
  const at = (hash: string) => ({ route: parseRoute(hash) });

  test.each(['#/mirror', '#/mirror/products', '#/mirror/dns'])(
    '%s invites quietly while nothing is connected',
    async (hash) => {
      over(nothing);
      render(Page, at(hash));
      expect(await screen.findByRole('link', { name: 'Connect' })).toBeVisible();
      expect(sent).toEqual([]);
      await expectAccessible(document.body);
    },
  );

  test('ten thousand products are listed without drawing them', async () => {
    const products = Array.from({ length: 10_000 }, (_, i) => ({
      id: String(i),
      account: '7',
      accountName: 'Studio Ponteri SA',
      service: 'inviation',
      serviceId: '1',
      name: `Product ${i}`,
      internal: '',
      fqdn: '',
      end: { on: '2027-01-01', days: 34 },
      managed: false,
      locked: false,
      goneSince: '',
    }));
    over(connected, { 'mirror.Products': { stand, products } });
    render(Page, at('#/mirror/products'));
    await screen.findByText('Product 0');
    expect(document.querySelectorAll('tr').length).toBeLessThan(60);
    await user.type(screen.getByLabelText('Find a product'), 'product 9999');
    await screen.findByText('1 of 10,000');
    await expectAccessible(document.body);
  });

  test('who has access, teams and invitations; an invitation is noted once', async () => {
    const member = {
      id: '1',
      account: '7',
      accountName: '',
      name: 'Ugo Neri',
      firstName: 'Ugo',
      lastName: 'Neri',
      email: 'ugo@ponteri.example',
      role: 'partner_gold',
      state: 'valid',
      twoStep: 'off',
      lastSign: '',
      teams: ['Web'],
      sso: false,
      billing: 'yes',
      invitation: '',
      invitedAt: '',
      expiresAt: '',
      goneSince: '',
    };
    const team = {
      id: 't1',
      account: '7',
      accountName: '',
      name: 'Web',
      color: 1,
      users: 1,
      products: 2,
      rights: [],
      goneSince: '',
    };
    over(connected, {
      'mirror.Members': { stand, members: [member], areas: [] },
      'mirror.Teams': { stand, teams: [team], areas: [] },
      'mirror.Invitations': [
        {
          id: '',
          account: '7',
          email: 'anna@x.example',
          name: 'Anna',
          role: 'normal',
          status: '',
          sentAt: '',
          expiresAt: '',
          readAt: '',
          edit: edit('uncertain', { kind: 'invitation', name: 'anna@x.example', may: ['look', 'withdraw'] }),
        },
      ],
    });
    render(Page, at('#/mirror'));
    expect(await screen.findByText('partner_gold')).toBeVisible();
    expect(screen.getByText('one without two-step sign-in')).toBeVisible();
    await expectAccessible(document.body);
    await user.click(screen.getByRole('tab', { name: /Invitations/ }));
    expect(await screen.findByText(/Only a reading decides whether it arrived/)).toBeVisible();
    await user.click(screen.getByRole('tab', { name: /Teams/ }));
    await screen.findByRole('button', { name: 'Edit at Infomaniak: Web' });
    await user.click(screen.getByRole('button', { name: 'Invite' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByLabelText(/^E-mail/), 'new@x.example');
    await user.type(dialog.getByLabelText(/^First name/), 'Nina');
    await user.type(dialog.getByLabelText(/^Last name/), 'Rossi');
    await expectAccessible(document.body);
    await user.click(dialog.getByRole('button', { name: 'Send to Infomaniak' }));
    await waitFor(() =>
      expect(last('mirror.Invite')).toMatchObject([{ account: '7', email: 'new@x.example', evenIfInvited: false }]),
    );
  });

  test('a zone: snapshots are compared, and records put back only from the newest comparison', async () => {
    const snapshot = (id: string, at: string) => ({
      id,
      zone: 'ponteri.example',
      takenAt: at,
      seenAt: at,
      why: 'asked',
      records: 2,
      changes: 1,
    });
    const record = (target: string, id = '1') => ({ id, source: 'www', type: 'A', target, ttl: 3600, edit: none });
    const [newer, older] = [snapshot('b', '2026-11-28T10:00:00Z'), snapshot('a', '2026-11-20T10:00:00Z')];
    over(connected, {
      'mirror.Zones': { connected: true, stand, daily: false, zones: [] },
      'mirror.Snapshots': [newer, older],
      'mirror.Records': { snapshot: newer, records: [record('192.0.2.2')] },
      'mirror.Compare': {
        older,
        newer,
        same: 1,
        changes: [{ key: 'k1', kind: 'changed', before: record('192.0.2.1'), after: record('192.0.2.2') }],
      },
      'mirror.PutBack': 1,
    });
    render(Page, at('#/mirror/dns/ponteri.example'));
    await screen.findByText('192.0.2.2');
    await expectAccessible(document.body);
    await user.click(screen.getByRole('button', { name: /^Compare the snapshot of .* with the newest/ }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(await dialog.findByRole('checkbox', { name: /Put back: www 3,600 s A 192\.0\.2\.1/ }));
    await expectAccessible(document.body);
    await user.click(dialog.getByRole('button', { name: 'Ask to put one back' }));
    await waitFor(() => expect(last('mirror.PutBack')).toEqual(['a', ['k1']]));
  });
});

test.each(LOCALES)('%s: the connection and the person are said without a gap', async (locale) => {
  language.current = locale;
  over(connected, { 'mirror.Edits': [edit('uncertain'), edit('conflict')] });
  render(Connection);
  render(Mine);
  render(Security);
  await waitFor(() => expect(document.querySelectorAll('.edit-note').length).toBeGreaterThan(5));
  expect(document.body.textContent).not.toMatch(/undefined|\[object|mirror_|NaN/);
});
