import {
  Approve,
  Bring,
  Compare,
  MarkSet,
  Repair,
  Ready,
  Remove,
  Revert,
  SaveReady,
  SaveSheet,
  SetGround,
  SetLimits,
  Show,
  State,
  TakeSetBack,
  Undo,
} from '$wailsjs/go/branding/Window';
import type { branding } from '$wailsjs/go/models';
import { base64, call } from '$lib/backend';

export type Branding = branding.StateView;
export type Logo = branding.LogoView;
export type Hint = branding.HintView;
export type Ground = branding.GroundView;
export type Limits = branding.Limits;
export type ReadyFile = branding.ReadyView;
export type Slot = 'square' | 'rectangular';

/** Every change names the step that it starts from and answers with what the page shows then. */
export const state = () => call(State);
export const bring = (step: number, slot: Slot, file: { name: string; bytes: ArrayBuffer }, makeRoom: boolean) =>
  call(() => Bring(step, slot, file.name, base64(file.bytes), makeRoom));
export const show = (step: number, content: string, makeRoom: boolean) => call(() => Show(step, content, makeRoom));
export const remove = (step: number, slot: Slot) => call(() => Remove(step, slot));
export const repair = (step: number, slot: string, how: string) => call(() => Repair(step, slot, how));
export const undo = (step: number) => call(() => Undo(step));
export const revert = (step: number) => call(() => Revert(step));
export const markSet = (step: number) => call(() => MarkSet(step));
export const takeSetBack = () => call(TakeSetBack);
export const approve = (step: number, person: string, on: string) => call(() => Approve(step, person, on));
/** A colour as #rrggbb; "" goes back to Kontor's approximation. */
export const setGround = (theme: string, place: string, color: string) => call(() => SetGround(theme, place, color));
export const setLimits = (limits: Limits) => call(() => SetLimits(limits));

export const ready = () => call(Ready);
/** Both answer with the name of the file that was written, "" if the person thought better of it. */
export const saveReady = (name: string, title: string) => call(() => SaveReady(name, title));
export const saveSheet = (language: string, title: string) => call(() => SaveSheet(language, title));
export const compare = (bytes: ArrayBuffer) => call(() => Compare(base64(bytes)));
