/** The bindings that the frame itself needs: who is signed in, and how the program stands. */
import * as Security from '$wailsjs/go/app/SecurityService';
import * as Session from '$wailsjs/go/app/SessionService';
import * as SSO from '$wailsjs/go/app/SSOService';
import * as System from '$wailsjs/go/app/SystemService';
import type { app } from '$wailsjs/go/models';
import { call } from './call';

export type Current = app.CurrentView;
export type OrganizationOfMine = app.OrganizationView;
export type SystemState = app.SystemView;
export type Beginning = app.BeginInput;
export type SSOState = app.SSOView;

export const systemState = () => call(System.State);
export const copies = () => call(System.Copies);
export const restoreCopy = (name: string) => call(() => System.RestoreCopy(name));
export const reopen = () => call(System.Reopen);
export const current = () => call(Session.Current);
export const begin = (input: Beginning) => call(() => Session.Begin(input));
export const signIn = (email: string, password: string, stay: boolean) =>
  call(() => Session.SignIn(email, password, stay));
export const signOut = () => call(Session.SignOut);
export const switchTo = (organizationId: string) => call(() => Session.SwitchTo(organizationId));
export const strength = (password: string, known: string[]) => call(() => Session.Strength(password, known));
export const countries = () => call(Session.Countries);
export const exploreSample = () => call(System.ExploreSample);
export const leaveSample = (erase: boolean) => call(() => System.LeaveSample(erase));
export const recover = (email: string, code: string, next: string) => call(() => Security.Recover(email, code, next));
export const ssoBegin = (email: string, stay: boolean) => call(() => SSO.Begin(email, stay));
export const ssoState = () => call(SSO.State);
export const ssoOpenAgain = () => call(SSO.OpenAgain);
export const ssoCancel = () => call(SSO.Cancel);
