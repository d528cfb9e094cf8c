import { State as MailState } from '$wailsjs/go/mail/Window';
import { List as Notices, Seen } from '$wailsjs/go/notice/Window';
import {
  Advice,
  ChangePassword,
  Describe,
  Devices,
  End,
  EndOthers,
  Export,
  Protection,
  RenewCodes,
  SetPolicy,
  Silence,
} from '$wailsjs/go/session/SecurityWindow';
import { Links, Unlink } from '$wailsjs/go/session/SSOWindow';
import type { notice, session } from '$wailsjs/go/models';
import { call } from '$lib/backend';

export type Device = session.DeviceView;
export type Highlight = session.Highlight;
export type Policy = session.Policy;
export type Protection = session.ProtectionView;
export type Advice = session.AdviceView;
export type Notice = notice.View;
export type SsoLink = session.LinkView;
export type Said = session.Said;

declare module '$lib/backend/events' {
  interface Events {
    'notice:came': null;
  }
}

export const devices = () => call(() => Devices());
export const end = (id: string) => call(() => End(id));
export const endOthers = (chosen: string[]) => call(() => EndOthers(chosen));
export const describe = (id: string, said: Said) => call(() => Describe(id, said));
export const silence = (id: string, rule: string, on: boolean) => call(() => Silence(id, rule, on));
export const protection = () => call(() => Protection());
export const setPolicy = (policy: Policy) => call(() => SetPolicy(policy));
export const advice = () => call(() => Advice());
export const changePassword = (current: string, next: string, keep: boolean) =>
  call(() => ChangePassword(current, next, keep));
export const renewCodes = (password: string) => call(() => RenewCodes(password));
export const exportDevices = (language: string) => call(() => Export(language));
export const links = () => call(() => Links());
export const unlink = (issuer: string) => call(() => Unlink(issuer));
export const notices = () => call(Notices);
export const seen = (upTo: string) => call(() => Seen(upTo));

/** Whether a mail server is set up: without one, notices appear here and on the desktop. */
export const mailed = async (): Promise<boolean> => (await call(MailState)).on;
