import {
  Countries,
  Create,
  Current,
  Delete,
  Deletion,
  Forget,
  Invite,
  Leave,
  Letterhead as ReadLetterhead,
  Members,
  Note,
  Remove,
  SetLetterhead,
  SetRole,
  TakeBackRole,
  Update,
  Withdraw,
} from '$wailsjs/go/organization/Window';
import * as moving from '$wailsjs/go/moving/Window';
import { Unlock } from '$wailsjs/go/session/SecurityWindow';
import { CancelReady, Provider, Ready, RemoveProvider, SetProvider } from '$wailsjs/go/session/SSOWindow';
import { State as MailState } from '$wailsjs/go/mail/Window';
import type { moving as carried, obstacle, organization, session } from '$wailsjs/go/models';
import { call } from '$lib/backend';
import { m } from '$lib/i18n';

export type Organization = organization.DetailView;
export type Change = organization.Update;
export type Member = organization.MemberView;
export type Invitation = organization.InvitationView;
export type Asked = organization.AskedView;
export type Noted = organization.NotedView;
export type Members = organization.MembersView;
export type Obstacle = obstacle.Obstacle;
export type Letterhead = organization.LetterheadView;
export type SsoProvider = session.ProviderView;
export type Finding = session.Finding;

export type Arriving = carried.View;

export const current = () => call(() => Current());
export const create = (name: string, country: string) => call(() => Create(name, country));
export const update = (change: Change) => call(() => Update(change));
export const letterhead = () => call(() => ReadLetterhead());
export const setLetterhead = (head: organization.Letterhead) => call(() => SetLetterhead(head));
export const members = () => call(() => Members());
export const invite = (asked: organization.InviteInput) => call(() => Invite(asked));
/** Whether Kontor can send mail. */
export const mails = async (): Promise<boolean> => (await call(() => MailState())).on;
export const withdraw = (email: string) => call(() => Withdraw(email));
export const setRole = (id: string, role: string, accounting: boolean, password: string) =>
  call(() => SetRole(id, role, accounting, password));
export const takeBackRole = () => call(() => TakeBackRole());
export const note = (one: Noted) => call(() => Note(one));
export const forget = (id: string) => call(() => Forget(id));
export const remove = (id: string) => call(() => Remove(id));
export const leave = () => call(() => Leave());
export const deletion = () => call(() => Deletion());
export const destroy = (name: string, password: string) => call(() => Delete(name, password));
/** Asks for a place and starts to write the organization there; a job without an id if none was chosen. */
export const take = (password: string, passphrase: string, again: string) =>
  call(() => moving.Take(password, passphrase, again, m.organization_take(), m.organization_take_filter()));
export const taken = (job: string) => call(() => moving.Taken(job));
/** Asks for the file of an organization; "" if none was chosen. */
export const chooseFile = (title: string, filter: string) => call(() => moving.Choose(title, filter));
export const openFile = (path: string, passphrase: string) => call(() => moving.Open(path, passphrase));
export const openedFile = (job: string) => call(() => moving.Opened(job));
export const bring = () => call(moving.Bring);
export const forgetFile = () => call(moving.Forget);
export const unlock = (id: string) => call(() => Unlock(id));
export const countries = () => call(() => Countries());
export const ssoProvider = () => call(() => Provider());
export const ssoSet = (provider: session.ProviderInput, password: string) =>
  call(() => SetProvider(provider, password));
export const ssoRemove = (password: string) => call(() => RemoveProvider(password));
export const ssoStop = () => call(() => CancelReady());
export const ssoReady = (tenant: string, client: string) => call(() => Ready(tenant, client));
