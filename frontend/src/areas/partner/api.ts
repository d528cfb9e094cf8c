import {
  DeleteBook,
  Desk,
  Eligibility,
  ExportCSV,
  OutlineList,
  PreviewList,
  Programme as ReadProgramme,
  Remember,
  DeleteOwnProduct,
  SaveBook,
  SaveOwnProduct,
  SaveProductSteps,
  SaveRates,
  SaveExample,
  SaveProgramme,
  SaveRejected,
  SaveSchedule,
  SaveTerms,
  SaveVATRates,
  Simulate,
} from '$wailsjs/go/partner/Window';
import { Open } from '$wailsjs/go/link/Window';
import type { bridge, derivation, partner, pricing } from '$wailsjs/go/models';
import { call } from '$lib/backend';
import { locale } from '$lib/format';

export type Question = partner.Question;
export type Answer = partner.AnswerView;
export type Book = partner.BookView;
export type Line = partner.LineView;
export type Schedule = partner.ScheduleView;
export type Tier = partner.TierDraft;
export type Terms = partner.TermsView;
export type Rule = pricing.Source;
export type Case = pricing.Decision;
export type Step = derivation.Step;
export type WhatIf = partner.TableView;
export type DeskOf = partner.DeskView;
export type Programme = partner.ProgrammeView;
export type VatRate = partner.VATDraft;
export type Around = partner.Around;
export type Simulation = partner.SimulationView;
export type ProductSteps = partner.ProductSteps;
export type OwnProduct = partner.OwnProduct;

/** Price lists, steps, terms, rules, and what the person asked last. */
export const desk = () => call(Desk);
/** The answer, and the table around it: its rows by "rate" or "mode", 1 to upTo, or the quantities that matter if it is 0. */
export const simulate = (question: Question, around: Around) => call(() => Simulate(question, around));
/** Keeps a question as the person's last one. */
export const remember = (question: Question) => call(() => Remember(question));
export const saveBook = (book: partner.BookDraft) => call(() => SaveBook(book));
/** What a file (CSV or XLSX, in base64) would change as a price list; nothing is kept. */
export const previewList = (file: partner.ListInput) => call(() => PreviewList(file));
/** What the columns of a file are taken for, and what has to be asked. */
export const outlineList = (file: partner.ListInput) => call(() => OutlineList(file));
/** Writes the rows that cannot be taken over into a file; its name, or "" if the person chose none. */
export const saveRejected = (file: partner.ListInput, to: bridge.Target) => call(() => SaveRejected(file, to));
export const saveExample = (to: bridge.Target) => call(() => SaveExample(to));
export const deleteBook = (id: string) => call(() => DeleteBook(id));
export const saveSchedule = (schedule: partner.ScheduleDraft) => call(() => SaveSchedule(schedule));
/** The degressive steps of single products; version is the one that the person saw. */
export const saveProductSteps = (list: ProductSteps[], version: number) => call(() => SaveProductSteps(list, version));
/** The partner's rates by category; version is the one that the person saw. */
export const saveRates = (rates: partner.CategoryRate[], version: number) => call(() => SaveRates(rates, version));
export const saveOwn = (product: OwnProduct) => call(() => SaveOwnProduct(product));
export const deleteOwn = (id: string, version: number) => call(() => DeleteOwnProduct(id, version));
export const saveTerms = (terms: partner.TermsDraft) => call(() => SaveTerms(terms));
export const saveVatRates = (rates: VatRate[], version: number) => call(() => SaveVATRates(rates, version));
/** What the programme asks for, and what becomes of cashback. */
export const programme = () => call(ReadProgramme);
export const saveProgramme = (figures: Programme['figures']) => call(() => SaveProgramme(figures));
/** The volume that is managed in a year, by currency. */
export const eligibility = () => call(Eligibility);
/** The name of the file, or "" if the person chose none. */
export const exportCSV = (question: Question) => call(() => ExportCSV(question, locale()));

/** Opens the guide that a rule was read in. */
export const openGuide = (address: string) => {
  const number = /\/faq\/(\d+)/.exec(address)?.[1];
  return call(() => (number ? Open('guide', { guide: number }) : Open('partner_guides', {})));
};
