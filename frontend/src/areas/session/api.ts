import {
  Advice,
  ChangePassword,
  Describe,
  Devices,
  End,
  EndOthers,
  Protection,
  RenewCodes,
  SetPolicy,
  Silence,
} from '$wailsjs/go/app/SecurityService';
import type { app } from '$wailsjs/go/models';
import { call } from '$lib/backend';

export type Device = app.DeviceView;
export type Highlight = app.HighlightView;
export type Policy = app.PolicyView;
export type Protection = app.ProtectionView;
export type Advice = app.AdviceView;

export const devices = () => call(() => Devices());
export const end = (id: string) => call(() => End(id));
export const endOthers = (onlyHighlighted: boolean) => call(() => EndOthers(onlyHighlighted));
export const describe = (id: string, ownName: string, note: string) => call(() => Describe(id, ownName, note));
export const silence = (id: string, rule: string, on: boolean) => call(() => Silence(id, rule, on));
export const protection = () => call(() => Protection());
export const setPolicy = (policy: Policy) => call(() => SetPolicy(policy));
export const advice = () => call(() => Advice());
export const changePassword = (current: string, next: string, keep: boolean) =>
  call(() => ChangePassword(current, next, keep));
export const renewCodes = (password: string) => call(() => RenewCodes(password));
