import {
  Add,
  Advance,
  Answer,
  Fail,
  Get,
  Import,
  List,
  NoteRecords,
  Preview,
  Read,
  Remove,
  Restart,
  RevealCode,
  SaveCalendar,
  SaveLedger,
  SetCode,
  SetCodeDays,
  Update,
} from '$wailsjs/go/app/TransferService';
import type { app } from '$wailsjs/go/models';
import { base64, call } from '$lib/backend';

export type Row = app.TransferRowView;
export type List = app.TransferListView;
export type Transfer = app.TransferView;
export type Booking = app.BookingView;
export type Finding = app.FindingView;
export type Check = app.TransferCheckView;
export type Deadline = app.TransferDeadlineView;
export type Attempt = app.TransferAttemptView;
export type Reading = app.ReadingView;
export type Bulk = app.BulkView;
export type BulkRow = app.BulkRowView;
export type Facts = app.TransferFactsInput;
export type Beginning = app.TransferInput;

/** Typed words as Read, Fail, Preview and Import take them. */
export const wrap = (words: string) => base64(new TextEncoder().encode(words).slice().buffer);

export const list = (show: string, search: string) => call(() => List(show, search));
export const get = (id: string) => call(() => Get(id));
export const add = (input: Beginning) => call(() => Add(input));
export const update = (id: string, facts: Facts) => call(() => Update(id, facts));
export const answer = (id: string, question: string, fine: boolean) => call(() => Answer(id, question, fine));
export const noteRecords = (id: string, records: string) => call(() => NoteRecords(id, records));
export const setCode = (id: string, code: string) => call(() => SetCode(id, code));
export const revealCode = (id: string, password: string) => call(() => RevealCode(id, password));
export const setCodeDays = (id: string, days: number) => call(() => SetCodeDays(id, days));
export const advance = (id: string, stage: string) => call(() => Advance(id, stage));
export const restart = (id: string, inSpite: boolean) => call(() => Restart(id, inSpite));
export const read = (id: string, data: string) => call(() => Read(id, data));
export const fail = (id: string, data: string, cause: string, ended = '') =>
  call(() => Fail(id, { data, cause, ended }));
export const remove = (id: string) => call(() => Remove(id));
export const preview = (data: string) => call(() => Preview(data));
export const importList = (data: string) => call(() => Import(data));
export const saveCalendar = (id: string, language: string, title: string) =>
  call(() => SaveCalendar(id, language, title));
export const saveLedger = (id: string, input: app.LedgerInput) => call(() => SaveLedger(id, input));
