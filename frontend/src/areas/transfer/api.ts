import {
  Add,
  Advance,
  Allow,
  Answer,
  Fail,
  Get,
  Import,
  List,
  NoteRecords,
  NoteRestart,
  OutlineList,
  Preview,
  Read,
  Remove,
  RevealCode,
  SaveCalendar,
  SaveLedger,
  SaveRejected,
  SetCode,
  SetCodeDays,
  Update,
} from '$wailsjs/go/transfer/Window';
import type { bridge, transfer } from '$wailsjs/go/models';
import { base64, call } from '$lib/backend';
import { tag } from '$lib/format';

export type Row = transfer.RowView;
export type List = transfer.ListView;
export type Transfer = transfer.View;
export type Booking = transfer.BookingView;
export type Finding = transfer.FindingView;
export type Source = transfer.SourceView;
export type Check = transfer.CheckView;
export type Deadline = transfer.DeadlineView;
export type Attempt = transfer.AttemptView;
export type Reading = transfer.ReadingView;
export type BulkRow = transfer.BulkRowView;
export type Facts = transfer.FactsInput;
export type Beginning = transfer.Input;

/** Typed words as the bytes of a file. */
export const bytes = (words: string) => new TextEncoder().encode(words).slice().buffer;
/** Typed words as Read and Fail take them. */
export const wrap = (words: string) => base64(bytes(words));

export const list = (show: string, search: string) => call(() => List(show, search));
export const get = (id: string) => call(() => Get(id));
export const add = (input: Beginning) => call(() => Add(input));
export const update = (id: string, facts: Facts) => call(() => Update(id, facts));
export const answer = (id: string, question: string, fine: boolean) => call(() => Answer(id, question, fine));
export const noteRecords = (id: string, records: string) => call(() => NoteRecords(id, records));
export const setCode = (id: string, code: string) => call(() => SetCode(id, code));
export const revealCode = (id: string, password: string) => call(() => RevealCode(id, password));
export const allow = (id: string, accounts: string[]) => call(() => Allow(id, accounts));
export const setCodeDays = (id: string, days: number) => call(() => SetCodeDays(id, days));
export const advance = (id: string, stage: string) => call(() => Advance(id, stage));
/** Notes that it is about to be restarted in the Manager; it stays failed until the person says that it was. */
export const noteRestart = (id: string, inSpite: boolean) => call(() => NoteRestart(id, inSpite));
export const read = (id: string, data: string) => call(() => Read(id, data));
export const fail = (id: string, data: string, cause: string, ended = '') =>
  call(() => Fail(id, { data, cause, ended }));
export const remove = (id: string) => call(() => Remove(id));
export const outline = (list: bridge.Upload) => call(() => OutlineList(list));
export const preview = (list: bridge.Upload) => call(() => Preview(list));
export const importList = (list: bridge.Upload) => call(() => Import(list));
export const saveRejected = (list: bridge.Upload, to: bridge.Target) => call(() => SaveRejected(list, to));
/** Files are named after the domain and written in the words and figures of the person. */
const target = (row: Row, title: string): transfer.Target => ({ title, name: row.domain, language: tag() });
export const saveCalendar = (row: Row, title: string) => call(() => SaveCalendar(row.id, target(row, title)));
export const saveLedger = (row: Row, title: string) => call(() => SaveLedger(row.id, target(row, title)));
