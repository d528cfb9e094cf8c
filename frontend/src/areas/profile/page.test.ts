/** The page as a person uses it, over a backend that answers like Go: what is sent, and what survives a refusal. */
import { fireEvent, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { me } from '$lib/me.svelte';
import { expectAccessible } from '../../test/axe';
import type { DryRun, Profile } from './api';
import Page from './Page.svelte';

const user = userEvent.setup({ pointerEventsCheck: 0, delay: null });
const refuse = (fault: object) => Promise.reject(JSON.stringify(fault));

const elena: Profile = {
  id: 'account-1',
  firstName: 'Elena',
  lastName: 'Bianchi',
  loginEmail: 'elena@ponteri.example',
  language: 'en',
  timeZone: '',
  country: 'CH',
  phone: '',
  phoneShown: '',
  recoveryShown: '',
  recoveryPhone: '',
  recoveryEmail: '',
  avatar: '',
  previousAvatar: '',
  version: 1,
  createdAt: '2026-11-20T12:00:00Z',
};
const plan: DryRun = {
  obstacles: [],
  goes: [{ kind: 'account', count: 1 }],
  stays: [{ kind: 'journal_entries', count: 7 }],
  copies: 1,
  until: '',
  asked: 0,
  minPassphrase: 12,
  backups: 0,
  oldest: '',
  newest: '',
  where: '',
  replica: '',
};

let saved: Profile;
const profile = {
  Mine: vi.fn(),
  Update: vi.fn(),
  ChangeLoginEmail: vi.fn(),
  Locales: () => Promise.resolve(['en-GB', 'de-CH']),
};
const avatar = { Bring: vi.fn(), Discard: vi.fn(), Set: vi.fn(), Remove: vi.fn(), Undo: vi.fn() };
const leaving = { DryRun: vi.fn(), SaveKit: vi.fn(), Delete: vi.fn() };
const session = {
  Current: () => Promise.resolve({ signedIn: true, ...saved, organizations: [], capabilities: [] }),
  Countries: () => Promise.resolve(['CH', 'IT']),
  SwitchTo: vi.fn(() => Promise.resolve()),
};

beforeEach(() => {
  vi.resetAllMocks();
  saved = elena;
  profile.Mine.mockImplementation(() => Promise.resolve(saved));
  profile.Update.mockImplementation((change: Partial<Profile>) => {
    if (change.version !== saved.version) return refuse({ code: 'conflict', reason: 'changed_meanwhile' });
    saved = { ...saved, ...change, version: saved.version + 1 };
    return Promise.resolve(saved);
  });
  avatar.Discard.mockResolvedValue(undefined);
  leaving.DryRun.mockResolvedValue(plan);
  Object.assign(window, {
    go: {
      profile: { Window: profile, AvatarWindow: avatar },
      leaving: { Window: leaving },
      frame: { Window: session },
      organization: { Window: session },
      session: { Window: session },
      app: {
        SettingsService: {
          Get: () => Promise.resolve({ theme: '', language: '', sidebar: '' }),
          Set: () => Promise.resolve(),
        },
        SystemService: { State: () => Promise.resolve({ fault: '', sample: true }) },
      },
    },
  });
});

async function open(button: string) {
  render(Page);
  await user.click(await screen.findByRole('button', { name: button }));
  return within(await screen.findByRole('dialog'));
}

/** The bin asks which account is meant; the one at Infomaniak is left to the Manager. */
async function openDeletion() {
  const which = await open('Delete your account');
  await user.click(which.getByRole('button', { name: 'Only in Kontor' }));
  await screen.findByText(/^Only on this computer\. Your Infomaniak account/);
  return within(await screen.findByRole('dialog'));
}

test('only what was changed is sent', async () => {
  const dialog = await open('Edit');
  await user.type(dialog.getByLabelText(/^Phone/), '091 820 18 06');
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(profile.Update).toHaveBeenCalledWith({ version: 1, phone: '091 820 18 06' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

test('what another window saved comes in around what was typed here', async () => {
  const dialog = await open('Change first and last name in Kontor');
  const first = dialog.getByLabelText('First name');
  await user.clear(first);
  await user.type(first, 'Elena Maria');
  saved = { ...elena, firstName: 'Helena', lastName: 'Brunori', version: 2 };
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await user.click(await dialog.findByRole('button', { name: 'Show the new state' }));
  expect(await dialog.findByText('Saved in another window: Helena')).toBeVisible();
  expect(first).toHaveValue('Elena Maria');
  expect(dialog.getByLabelText('Last name')).toHaveValue('Brunori');
  await expectAccessible(document.body);
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(saved).toMatchObject({ firstName: 'Elena Maria', lastName: 'Brunori', version: 3 }));
});

test('each refusal stands at its field, and nothing typed is lost', async () => {
  profile.ChangeLoginEmail.mockImplementation(() =>
    refuse({ code: 'invalid', fields: [{ name: 'loginEmailAgain', code: 'not_the_same' }] }),
  );
  const dialog = await open('Change Kontor’s sign-in e-mail');
  await user.type(dialog.getByLabelText('New sign-in e-mail'), 'a@b.example');
  await user.type(dialog.getByLabelText('Your password of Kontor'), 'secret');
  await user.click(dialog.getByRole('button', { name: 'Change Kontor’s sign-in e-mail' }));
  expect(await dialog.findByText('The two entries differ.')).toBeVisible();
  expect(dialog.getByLabelText('The same once more')).toHaveAttribute('aria-invalid');
  expect(dialog.getByLabelText('New sign-in e-mail')).toHaveValue('a@b.example');
});

test('a picture that is pasted is prepared, cut by keyboard and saved', async () => {
  HTMLImageElement.prototype.decode = () => Promise.resolve();
  vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null); // jsdom draws nothing
  avatar.Bring.mockResolvedValue({
    ...{
      id: 'draft',
      width: 400,
      height: 300,
      turned: 90,
      mirrored: false,
      animated: false,
      advised: 210,
      largest: 512,
    },
    removed: [{ kind: 'gps', value: '46.16, 8.79' }],
  });
  avatar.Set.mockImplementation(() => Promise.resolve({ ...saved, avatar: 'a'.repeat(64), version: 2 }));
  render(Page);
  await screen.findByRole('button', { name: 'Edit' });
  const file = new File(['picture'], 'portrait.jpg', { type: 'image/jpeg' });
  await fireEvent.paste(window, { clipboardData: { files: [file] } });
  const dialog = within(await screen.findByRole('dialog'));
  expect(await dialog.findByText('fine, 1.4 times the recommended')).toBeVisible();
  expect(avatar.Bring).toHaveBeenCalledWith(btoa('picture'));
  expect(dialog.getByText('46.16, 8.79')).toBeVisible();
  await expectAccessible(document.body);

  dialog.getByRole('application').focus();
  await user.keyboard('{ArrowRight}+++++r');
  expect(dialog.getByText(/^enlarged ×/)).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(avatar.Set).toHaveBeenCalledOnce());
  const sent = avatar.Set.mock.calls[0]![0] as { version: number; draft: string; degrees: number; side: number };
  expect(sent).toMatchObject({ version: 1, draft: 'draft', degrees: 90 });
  expect(sent.side).toBeLessThan(210);
  expect(sent.side).toBeGreaterThan(105);
});

test('what stands in the way of a deletion leads to its remedy, and nothing can be deleted', async () => {
  leaving.DryRun.mockResolvedValue({
    ...plan,
    obstacles: [{ kind: 'only_member', organizationId: 'org-1', name: 'Studio Ponteri SA' }],
  });
  const dialog = await openDeletion();
  expect(
    await dialog.findByText('Yours is its only account. Name a successor or delete the organization first.'),
  ).toBeVisible();
  expect(dialog.queryByRole('button', { name: 'Go on' })).toBeNull();
  expect(dialog.queryByLabelText('Passphrase of the file')).toBeNull();
  await expectAccessible(document.body);
  await user.click(dialog.getByRole('button', { name: 'Name a successor' }));
  await waitFor(() => expect(location.hash).toBe('#/organization/members'));
  expect(session.SwitchTo).toHaveBeenCalledWith('org-1');
});

test('the password comes last, and a wrong one deletes nothing', async () => {
  leaving.Delete.mockImplementation((password: string) =>
    password === 'right'
      ? Promise.resolve()
      : refuse({ code: 'invalid', fields: [{ name: 'password', code: 'wrong_password' }] }),
  );
  const refresh = vi.spyOn(me, 'refresh').mockResolvedValue();
  const dialog = await openDeletion();
  expect(await dialog.findByText('1 safety copy of the workspace')).toBeVisible();
  await user.click(dialog.getByRole('button', { name: 'Go on' }));
  expect(leaving.Delete).not.toHaveBeenCalled();
  await user.type(dialog.getByLabelText('Your password of Kontor'), 'wrong');
  await user.click(dialog.getByRole('button', { name: 'Delete the account in Kontor' }));
  expect(await dialog.findByText('This password is wrong.')).toBeVisible();
  expect(refresh).not.toHaveBeenCalled();
  await user.clear(dialog.getByLabelText('Your password of Kontor'));
  await user.type(dialog.getByLabelText('Your password of Kontor'), 'right');
  await user.click(dialog.getByRole('button', { name: 'Delete the account in Kontor' }));
  await waitFor(() => expect(refresh).toHaveBeenCalled());
});

test('the kit is saved without going on with the deletion', async () => {
  leaving.SaveKit.mockResolvedValue({ name: 'kit.zip.age', files: [{ name: 'account.csv' }, { name: 'avatar.png' }] });
  const dialog = await openDeletion();
  await user.type(await dialog.findByLabelText('Passphrase of the file'), 'twelve characters{Enter}');
  expect(await dialog.findByText('kit.zip.age: 2 files, checked')).toBeVisible();
  expect(leaving.SaveKit).toHaveBeenCalledWith(
    'twelve characters',
    'Save the kit',
    expect.stringMatching(/^Kontor Elena Bianchi \d{4}-\d\d-\d\d\.zip\.age$/),
  );
  expect(dialog.getByRole('button', { name: 'Go on' })).toBeVisible();
});
