import {
  Create,
  Current,
  Delete,
  Deletion,
  Invite,
  Leave,
  Members,
  Remove,
  SetRole,
  Update,
  Withdraw,
} from '$wailsjs/go/app/OrganizationService';
import { Unlock } from '$wailsjs/go/app/SecurityService';
import { Countries } from '$wailsjs/go/app/SessionService';
import { Provider, Ready, RemoveProvider, SetProvider } from '$wailsjs/go/app/SSOService';
import type { app } from '$wailsjs/go/models';
import { call } from '$lib/backend';

export type Organization = app.OrganizationDetailView;
export type Change = app.OrganizationInput;
export type Member = app.MemberView;
export type Invitation = app.InvitationView;
export type Members = app.MembersView;
export type Obstacle = app.ObstacleView;
export type SsoProvider = app.SSOProviderView;
export type Finding = app.SSOFindingView;

export const current = () => call(() => Current());
export const create = (name: string, country: string) => call(() => Create(name, country));
export const update = (change: Change) => call(() => Update(change));
export const members = () => call(() => Members());
export const invite = (email: string, role: string, accounting: boolean) => call(() => Invite(email, role, accounting));
export const withdraw = (email: string) => call(() => Withdraw(email));
export const setRole = (id: string, role: string, accounting: boolean, password: string) =>
  call(() => SetRole(id, role, accounting, password));
export const remove = (id: string) => call(() => Remove(id));
export const leave = () => call(() => Leave());
export const deletion = () => call(() => Deletion());
export const destroy = (name: string, password: string) => call(() => Delete(name, password));
export const unlock = (id: string) => call(() => Unlock(id));
export const countries = () => call(() => Countries());
export const ssoProvider = () => call(() => Provider());
export const ssoSet = (provider: app.SSOProviderInput, password: string) => call(() => SetProvider(provider, password));
export const ssoRemove = (password: string) => call(() => RemoveProvider(password));
export const ssoReady = (tenant: string, client: string) => call(() => Ready(tenant, client));
