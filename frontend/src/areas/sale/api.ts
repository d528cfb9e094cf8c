import {
  Changes,
  Charge,
  Import,
  Invoice,
  InvoiceAll,
  Items,
  Letters,
  List,
  Lists,
  Make,
  Outlook,
  OutlineImport,
  PreviewImport,
  Remove,
  Renewals,
  SaveAccounting,
  SaveRejected,
  Send,
  Stop,
} from '$wailsjs/go/sale/Window';
import type { bridge, sale } from '$wailsjs/go/models';
import { call } from '$lib/backend';

export type Orders = sale.ListView;
export type Sale = sale.SaleView;
export type Line = sale.LineView;
export type Period = sale.PeriodView;
export type Renewal = sale.RenewalView;
export type Change = sale.ChangeView;
export type Letter = sale.LetterView;
export type Year = sale.YearView;
export type Item = sale.ItemView;
export type Span = sale.Span;

export const list = (filter: sale.Filter) => call(() => List(filter));
/** Of every client, from the newest on. */
export const everything = { client: '', search: '', only: '', limit: 20 };
export const make = (quote: string, order: sale.Order) => call(() => Make(quote, order));
export const remove = (id: string) => call(() => Remove(id));
export const stop = (id: string, line: string, on: string) => call(() => Stop(id, line, on));
export const charge = (id: string, charged: sale.Charged) => call(() => Charge(id, charged));
/** What renews within twelve months, the soonest few of it. */
export const renewals = (limit: number) => call(() => Renewals('', limit));
export const lists = () => call(Lists);
export const changes = (book: string, limit: number) => call(() => Changes(book, '', limit));
export const letters = (book: string) => call(() => Letters(book, ''));
/** Hands a letter to the queue of e-mails. */
export const send = (written: sale.Written) => call(() => Send(written));
/** What the orders of a client ("" for all) bring, by month. */
export const outlook = (client: string) => call(() => Outlook(client));
export const items = (span: Span, limit: number) => call(() => Items(span, limit));
export const invoice = (marks: sale.Mark[], off: boolean, span: Span, limit: number) =>
  call(() => Invoice(marks, off, span, limit));
/** Notes of everything in a span that is on no invoice that it is on one now. */
export const invoiceAll = (span: Span, limit: number) => call(() => InvoiceAll(span, limit));
export const outline = (upload: bridge.Upload) => call(() => OutlineImport(upload));
export const preview = (upload: bridge.Upload) => call(() => PreviewImport(upload));
export const importCharges = (upload: bridge.Upload) => call(() => Import(upload));
export const saveAccounting = (span: Span, to: bridge.Target) => call(() => SaveAccounting(span, to));
/** Writes the rows that an import would leave out, to mend and import again. */
export const saveRejected = (upload: bridge.Upload, to: bridge.Target) => call(() => SaveRejected(upload, to));
