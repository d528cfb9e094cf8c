/** The bindings that the frame itself needs: who is signed in, and how the program stands. */
import * as First from '$wailsjs/go/firststart/Window';
import * as Frame from '$wailsjs/go/frame/Window';
import { Countries } from '$wailsjs/go/organization/Window';
import * as Security from '$wailsjs/go/session/SecurityWindow';
import * as SSO from '$wailsjs/go/session/SSOWindow';
import * as Session from '$wailsjs/go/session/Window';
import * as System from '$wailsjs/go/app/SystemService';
import type { app, firststart, frame, replica, session } from '$wailsjs/go/models';
import { call } from './call';

declare module './events' {
  interface Events {
    /** The workspace was closed because its file cannot be trusted, or is somebody else's now. */
    'workspace:changed': null;
    /** How much of a backup that is being opened was read, in bytes. */
    restore: { done: number; total: number };
    /** The window was locked from outside: the screen was, or the computer goes to sleep. */
    'session:locked': undefined;
    /** A file of Kontor's own was opened from outside, e.g. by a double click. */
    'file:opened': undefined;
  }
}

export type Backup = app.BackupView;
/** Kind: kontor-backup, kontor-organization, kontor (a signed message, with its content), or none. */
export type OpenedFile = app.OpenedView;
export type Replica = app.ReplicaView;
export type ReplicaPlace = replica.PlaceView;
export type Current = frame.CurrentView;
export type OrganizationOfMine = frame.OrganizationView;
export type SystemState = app.SystemView;
export type Beginning = firststart.BeginInput;
export type LockRule = session.LockRule;
export type SSOState = session.SSOView;

export const systemState = () => call(System.State);
export const copies = () => call(System.Copies);
/** What can be said of a workspace that cannot be opened. */
export const known = () => call(System.Known);
export const restoreCopy = (name: string, password: string) => call(() => System.RestoreCopy(name, password));
/** The file that was opened from outside, once, and not before whoever may have it is there. */
export const openedFile = () => call(System.Opened);
/** Asks for the file of a backup; "" if none was chosen. */
export const chooseBackup = (title: string, filter: string) => call(() => System.ChooseBackup(title, filter));
/** Opens it beside the workspace, which is not touched. */
export const openBackup = (path: string, passphrase: string) => call(() => System.OpenBackup(path, passphrase));
/** What another computer has sent to a place; with an empty address, to that of the open workspace. */
export const findReplica = (place: ReplicaPlace, passphrase: string) =>
  call(() => System.FindReplica(place, passphrase));
/** Opens one of the states that were found beside the workspace. */
export const openReplica = (version: string) => call(() => System.OpenReplica(version));
export const cancelBackup = () => call(System.CancelBackup);
export const restoreBackup = (password: string) => call(() => System.RestoreBackup(password));
/** Opens a copy of the backup that was opened beside, to look around in. */
export const lookInBackup = () => call(System.LookInBackup);
export const leaveBackup = () => call(System.LeaveBackup);
export const startAnew = () => call(System.StartAnew);
export const openAnyway = () => call(System.OpenAnyway);
export const openToLook = () => call(System.OpenToLook);
export const syncedSeen = () => call(System.SyncedSeen);
export const reopen = () => call(System.Reopen);
export const current = () => call(Frame.Current);
export const begin = (input: Beginning) => call(() => First.Begin(input));
export const signIn = (email: string, password: string, stay: boolean) =>
  call(() => Session.SignIn(email, password, stay));
/** Locks this window until whoever is signed in has signed in again. */
export const lock = () => call(Session.Lock);
export const lockRule = () => call(Session.LockRule);
export const setLockRule = (rule: LockRule) => call(() => Session.SetLockRule(rule));
export const signOut = () => call(Session.SignOut);
/** A session that a provider opened reaches everything of the person's. */
export const widen = (password: string) => call(() => Session.Widen(password));
export const switchTo = (organizationId: string) => call(() => Session.SwitchTo(organizationId));
export const strength = (password: string, known: string[]) => call(() => Session.Strength(password, known));
export const countries = () => call(Countries);
export const exploreSample = () => call(System.ExploreSample);
/** The window was closed in the sample; the person goes on in the own workspace. */
export const stayHere = () => call(System.StayHere);
export const leaveSample = (erase: boolean) => call(() => System.LeaveSample(erase));
export const recover = (email: string, code: string, next: string) => call(() => Security.Recover(email, code, next));
export const saveCodes = (codes: string[], language: string) => call(() => Security.SaveCodes(codes, language));
export const ssoBegin = (email: string, stay: boolean) => call(() => SSO.Begin(email, stay));
export const ssoLink = (password: string) => call(() => SSO.Link(password));
export const ssoState = () => call(SSO.State);
export const ssoOpenAgain = () => call(SSO.OpenAgain);
export const ssoCancel = () => call(SSO.Cancel);
