import { Desk, Programme } from '$wailsjs/go/partner/Window';
import { Get as GetClient } from '$wailsjs/go/client/Window';
import {
  Accept,
  Cash,
  Client as ReadClient,
  Clients,
  Decline,
  Discard,
  Draft,
  Duplicate,
  Export,
  Get,
  List,
  OpenMail,
  Paper,
  Preview,
  Printed,
  Recompute,
  Revise,
  Save,
  Send,
  SendByMail,
  SetPaper,
} from '$wailsjs/go/quote/Window';
import type { partner, quote } from '$wailsjs/go/models';
import { call } from '$lib/backend';
import { locale } from '$lib/format';

export type Filter = quote.Filter;
export type Entry = quote.EntryView;
export type Page = quote.PageView;
export type Quote = quote.QuoteView;
export type Form = quote.Form;
export type LineForm = quote.LineForm;
export type ScenarioForm = quote.ScenarioForm;
export type Answer = quote.AnswerView;
export type Line = quote.LineView;
export type Scenario = quote.ScenarioView;
export type Cell = quote.CellView;
export type Group = quote.GroupView;
export type Client = quote.Choice;
export type ClientRecord = quote.ClientView;
export type DeskOf = partner.DeskView;
export type OwnProduct = partner.OwnProduct;
export type CashOf = quote.CashView;
export type Breakeven = quote.BreakevenView;
export type Proof = quote.ProofView;
export type Paper = quote.PaperView;
export type Wording = quote.Wording;
export type Check = quote.Check;
export type Letter = quote.LetterView;
export type Mail = quote.Mail;

export const list = (filter: Filter) => call(() => List(filter));
export const clientName = async (id: string) => (id ? (await call(() => GetClient(id))).name : '');
export const get = (id: string) => call(() => Get(id));
/** Whom a quote can be for, besides prospects. */
export const clients = () => call(Clients);
export const client = (id: string) => call(() => ReadClient(id));
/** Price lists and terms, to choose from. */
export const desk = () => call(Desk);
/** Computes a form without keeping it. */
export const preview = (form: Form) => call(() => Preview(form));
/** Keeps a new quote (id "") or changes a draft; its id. */
export const save = (id: string, version: number, form: Form) => call(() => Save(id, version, form));
/** Marks a draft as sent; confirmed are the questions that the person said yes to. */
export const send = (id: string, version: number, confirmed: string[] = []) => call(() => Send(id, version, confirmed));
export const accept = (id: string, version: number, how: quote.Acceptance) => call(() => Accept(id, version, how));
export const decline = (id: string, version: number) => call(() => Decline(id, version));
export const discard = (id: string, version: number) => call(() => Discard(id, version));
export const duplicate = (id: string) => call(() => Duplicate(id));
export const revise = (id: string) => call(() => Revise(id));
export const recompute = (id: string) => call(() => Recompute(id));
/** Writes a file; its name, or "" if the person chose none. */
export const exportTo = (id: string, format: 'pdf' | 'internal' | 'payment' | 'csv' | 'xlsx') =>
  call(() => Export(id, format, locale()));
/** A paper as it goes out, with its file. */
export const paper = (id: string, kind: 'pdf' | 'internal') => call(() => Paper(id, kind, locale()));
export const setPaper = (id: string, version: number, own: Wording) => call(() => SetPaper(id, version, own));
export const printed = (id: string) => call(() => Printed(id));
/** The letter that would go with a quote, or ask after it. */
export const letter = (id: string, kind: 'offer' | 'reminder') => call(() => Draft(id, kind, locale()));
export const sendByMail = (id: string, version: number, kind: string, mail: Mail) =>
  call(() => SendByMail(id, version, kind, mail, locale()));
export const openMail = (mail: Mail) => call(() => OpenMail(mail));
/** Twelve months of every scenario, and two of them beside each other. */
export const cash = (id: string, flow: quote.FlowForm, pair: quote.Pair) => call(() => Cash(id, flow, pair));
/** What was set about days and fees. */
export const programme = () => call(Programme);
