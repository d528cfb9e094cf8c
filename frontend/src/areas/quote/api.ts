import { Desk, Programme } from '$wailsjs/go/app/PartnerService';
import { Get as GetClient } from '$wailsjs/go/app/ClientService';
import {
  Accept,
  Cash,
  Clients,
  Decline,
  Discard,
  Duplicate,
  Export,
  Get,
  List,
  Preview,
  Recompute,
  Revise,
  Save,
  Send,
} from '$wailsjs/go/app/QuoteService';
import type { app } from '$wailsjs/go/models';
import { call } from '$lib/backend';

export type Filter = app.QuoteFilter;
export type Entry = app.QuoteEntryView;
export type Page = app.QuotePageView;
export type Quote = app.QuoteView;
export type Form = app.QuoteForm;
export type LineForm = app.QuoteLineForm;
export type ScenarioForm = app.QuoteScenarioForm;
export type Answer = app.QuoteAnswerView;
export type Line = app.QuoteLineView;
export type Scenario = app.QuoteScenarioView;
export type Cell = app.QuoteCellView;
export type Client = app.QuoteClientView;
export type DeskOf = app.DeskView;
export type Sheet = app.QuoteSheet;
export type CashOf = app.QuoteCashView;
export type Even = app.QuoteEvenView;
export type Proof = app.ProofView;

export const list = (filter: Filter) => call(() => List(filter));
export const clientName = async (id: string) => (id ? (await call(() => GetClient(id))).name : '');
export const get = (id: string) => call(() => Get(id));
/** Whom a quote can be for, besides prospects. */
export const clients = () => call(Clients);
/** Price lists and terms, to choose from. */
export const desk = () => call(Desk);
/** Computes a form without keeping it. */
export const preview = (form: Form) => call(() => Preview(form));
/** Keeps a new quote (id "") or changes a draft; its id. */
export const save = (id: string, version: number, form: Form) => call(() => Save(id, version, form));
export const send = (id: string, version: number) => call(() => Send(id, version));
export const accept = (id: string, version: number, scenario: number) => call(() => Accept(id, version, scenario));
export const decline = (id: string, version: number) => call(() => Decline(id, version));
export const discard = (id: string, version: number) => call(() => Discard(id, version));
export const duplicate = (id: string) => call(() => Duplicate(id));
export const revise = (id: string) => call(() => Revise(id));
export const recompute = (id: string) => call(() => Recompute(id));
/** Writes a file; its name, or "" if the person chose none. */
export const exportTo = (id: string, sheet: Sheet) => call(() => Export(id, sheet));
/** Twelve months of every scenario, and two of them beside each other. */
export const cash = (id: string, flow: app.QuoteFlowInput) => call(() => Cash(id, flow));
/** What was set about days and fees. */
export const programme = () => call(Programme);
