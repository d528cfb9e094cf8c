import {
  DeleteBook,
  Desk,
  Eligibility,
  ExportCSV,
  PreviewList,
  Programme as ReadProgramme,
  SaveBook,
  SaveProgramme,
  SaveSchedule,
  SaveTerms,
  SaveVATRates,
  Simulate,
  Table,
} from '$wailsjs/go/app/PartnerService';
import { Open } from '$wailsjs/go/link/Window';
import type { app } from '$wailsjs/go/models';
import { call } from '$lib/backend';

export type Question = app.QuestionInput;
export type Answer = app.AnswerView;
export type Book = app.PriceBookView;
export type Line = app.PriceLineView;
export type Schedule = app.ScheduleView;
export type Tier = app.TierView;
export type Terms = app.TermsView;
export type Rule = app.RuleView;
export type Case = app.CaseView;
export type Step = app.StepView;
export type WhatIf = app.TableView;
export type DeskOf = app.DeskView;
export type ListPreview = app.ListPreviewView;
export type Programme = app.ProgrammeView;
export type VatRate = app.VATRateView;
export type Sheet = app.SheetInput;

/** Price lists, steps, terms, rules, and what the person asked last. */
export const desk = () => call(Desk);
export const simulate = (question: Question) => call(() => Simulate(question));
/** By "rate" or "mode"; 1 to upTo, or the quantities that matter if it is 0. */
export const whatIf = (question: Question, by: string, upTo: number) => call(() => Table(question, by, upTo));
export const saveBook = (book: app.PriceBookInput) => call(() => SaveBook(book));
/** What a file (CSV or XLSX, in base64) would change as a price list; nothing is kept. */
export const previewList = (data: string, currency: string) => call(() => PreviewList(data, currency));
export const deleteBook = (id: string) => call(() => DeleteBook(id));
export const saveSchedule = (schedule: app.ScheduleInput) => call(() => SaveSchedule(schedule));
export const saveTerms = (terms: app.TermsInput) => call(() => SaveTerms(terms));
export const saveVatRates = (rates: VatRate[], version: number) => call(() => SaveVATRates(rates, version));
/** What the programme asks for, and what becomes of cashback. */
export const programme = () => call(ReadProgramme);
export const saveProgramme = (figures: Programme) => call(() => SaveProgramme(figures));
/** The volume that is managed in a year, by currency. */
export const eligibility = () => call(Eligibility);
/** The name of the file, or "" if the person chose none. */
export const exportCSV = (question: Question, sheet: Sheet) => call(() => ExportCSV(question, sheet));

/** Opens the guide that a rule was read in. */
export const openGuide = (address: string) => {
  const number = /\/faq\/(\d+)/.exec(address)?.[1];
  return call(() => (number ? Open('guide', { guide: number }) : Open('partner_guides', {})));
};
