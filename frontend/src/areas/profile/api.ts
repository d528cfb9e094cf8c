import * as Avatar from '$wailsjs/go/profile/AvatarWindow';
import * as Leaving from '$wailsjs/go/leaving/Window';
import * as Own from '$wailsjs/go/profile/Window';
import { Answer, Countries, Offers, Redeem } from '$wailsjs/go/organization/Window';
import type { leaving, organization, profile } from '$wailsjs/go/models';
import { base64, call } from '$lib/backend';

export type Profile = profile.AccountView;
export type Change = profile.Update;
export type Draft = profile.AvatarDraftView;
export type DryRun = leaving.DryRunView;
export type Count = leaving.Count;
export type Offer = organization.OfferView;
export type Obstacle = leaving.Obstacle;

export const mine = () => call(Own.Mine);
export const update = (change: Partial<Change> & { version: number }) => call(() => Own.Update(change as Change));
export const changeLoginEmail = (version: number, email: string, again: string, password: string) =>
  call(() => Own.ChangeLoginEmail({ version, email, again, password }));
export const countries = () => call(Countries);
/** Invitations of the person who is signed in. */
export const offers = () => call(() => Offers());
export const answerOffer = (id: string, accept: boolean) => call(() => Answer(id, accept));
export const redeem = (code: string) => call(() => Redeem(code));

export const bring = (bytes: ArrayBuffer) => call(() => Avatar.Bring(base64(bytes)));
export const discard = () => call(Avatar.Discard);
export const setAvatar = (input: profile.AvatarInput) => call(() => Avatar.Set(input));
export const removeAvatar = (version: number) => call(() => Avatar.Remove(version));
export const undoAvatar = (version: number) => call(() => Avatar.Undo(version));

export const dryRun = () => call(Leaving.DryRun);
export const saveKit = (passphrase: string, title: string, name: string) =>
  call(() => Leaving.SaveKit(passphrase, title, name));
export const deleteAccount = (password: string, leaveCopies: boolean) =>
  call(() => Leaving.Delete(password, leaveCopies));
