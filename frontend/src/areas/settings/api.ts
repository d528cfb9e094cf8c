import * as service from '$wailsjs/go/mail/Window';
import { List, Set } from '$wailsjs/go/profile/KeeperWindow';
import * as backup from '$wailsjs/go/backup/Window';
import * as replica from '$wailsjs/go/replica/Window';
import * as safety from '$wailsjs/go/safety/Window';
import * as update from '$wailsjs/go/update/Window';
import { CopyLog, State } from '$wailsjs/go/app/SystemService';
import type {
  backup as away,
  mail,
  profile,
  replica as sent,
  safety as kept,
  update as newer,
} from '$wailsjs/go/models';
import { call } from '$lib/backend';
import { m } from '$lib/i18n';

export type Mail = mail.View;
export type Keeper = profile.KeeperView;
export type MailServer = mail.ServerInput;
export type Letter = mail.MessageView;

export type Copy = kept.CopyView;
export type Update = newer.View;
export type BackupState = away.StateView;
export type ReplicaState = sent.StateView;

declare module '$lib/backend/events' {
  interface Events {
    'mail:changed': null;
    /** A backup of the schedule was made, or could not be. */
    'backup:changed': null;
    /** Something was sent to the second computer's place, or could not be. */
    'replica:changed': null;
  }
}

export interface Work {
  name: string;
  licences: string;
  text: string;
}

/** Whose work is in the program, as internal/dev/notices writes it. */
export async function works(): Promise<Work[]> {
  return readWorks((await import('./notices.txt?raw')).default);
}

export function readWorks(notices: string): Work[] {
  const [list, ...sections] = notices.split(/^={80}\n/m);
  const licences = new Map(list!.split('\n').map((line) => line.split('\t') as [string, string]));
  return sections.map((section) => {
    const [name = '', ...lines] = section.split('\n');
    return { name, licences: licences.get(name) ?? '', text: lines.join('\n').trim() };
  });
}

/** Version of the program and where its workspace lies. */
export const about = () => call(State);

/** Asks where newer versions are published; nothing else ever does. */
export const lookForUpdate = () => call(update.Look);
/** Asks for a place and starts to fetch the newer version's file; a job without an id if none was chosen. */
export const saveUpdate = () => call(() => update.Save(m.settings_update_save()));

export const keepers = () => call(() => List());
export const setKeeper = (id: string, keeps: boolean, password: string) => call(() => Set(id, keeps, password));
export const mailState = () => call(service.State);
export const setMail = (server: MailServer) => call(() => service.Set(server));
export const removeMail = () => call(service.Remove);
export const testMail = (server: MailServer, subject: string, text: string) =>
  call(() => service.Test(server, subject, text));
export const letters = () => call(service.Letters);
export const retry = (id: string) => call(() => service.Retry(id));
export const withdraw = (id: string) => call(() => service.Withdraw(id));

/** Copies of the workspace, newest first. */
export const copies = () => call(safety.Get);
export const makeCopy = () => call(safety.Make);
export const dropCopy = (name: string) => call(() => safety.Drop(name));
export const setCopySpace = (space: string) => call(() => safety.SetSpace(space));
/** What putting a copy back would change. */
export const compareCopy = (name: string) => call(() => safety.Compare(name));
/** What is backed up by itself, and how it went. */
export const backups = () => call(backup.Get);
export const setBackupPlan = (plan: away.ScheduleView, passphrase: string, again: string) =>
  call(() => backup.SetSchedule(plan, passphrase, again));
/** How the sending to a second computer stands. */
export const replicaState = () => call(replica.Get);
/** Which computers have written there; the place is asked. */
export const replicaComputers = () => call(replica.Computers);
export const setReplica = (place: sent.PlaceView, passphrase: string, again: string) =>
  call(() => replica.Set(place, passphrase, again));
export const stopReplica = (remove: boolean) => call(() => replica.Off(remove));
export const sendReplica = () => call(replica.SendNow);
/** This computer writes from now on, with what it holds. */
export const takeReplica = () => call(replica.GoOn);
/** Asks for a folder; "" if none was chosen. */
export const chooseBackupFolder = (title: string) => call(() => backup.ChooseFolder(title));
/** Asks for a place and starts to make a backup there; a job without an id if none was chosen. */
export const makeBackup = (passphrase: string, again: string) =>
  call(() => backup.Make(passphrase, again, m.settings_backup_now(), m.settings_backup_filter()));
/** The last lines of the log, onto the clipboard; secrets were left out when they were written. */
export const copyLog = () => call(CopyLog);
