import * as mail from '$wailsjs/go/app/MailService';
import { State } from '$wailsjs/go/app/SystemService';
import type { app } from '$wailsjs/go/models';
import { call } from '$lib/backend';

export type Mail = app.MailView;
export type MailServer = app.MailServerInput;
export type Letter = app.LetterView;

declare module '$lib/backend/events' {
  interface Events {
    'mail:changed': null;
  }
}

/** Version of the program and where its workspace lies. */
export const about = () => call(State);

export const mailState = () => call(mail.State);
export const setMail = (server: MailServer) => call(() => mail.Set(server));
export const removeMail = () => call(mail.Remove);
export const testMail = (server: MailServer, subject: string, text: string) =>
  call(() => mail.Test(server, subject, text));
export const letters = () => call(mail.Letters);
export const retry = (id: string) => call(() => mail.Retry(id));
export const withdraw = (id: string) => call(() => mail.Withdraw(id));
