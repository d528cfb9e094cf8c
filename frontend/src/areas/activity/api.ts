import * as service from '$wailsjs/go/activity/Window';
import type { activity } from '$wailsjs/go/models';
import { Mine } from '$wailsjs/go/profile/Window';
import { base64, call } from '$lib/backend';
import { locale } from '$lib/format';

export type Entry = activity.EntryView;
export type Query = activity.QueryView;
export type Term = activity.TermView;
export type Page = activity.PageView;
export type Search = activity.SearchInput;
export type Amount = activity.Amount;
export type Found = activity.Count;
export type Day = activity.DayView;
export type Actor = activity.ActorView;
export type Saved = activity.SavedView;
export type Report = activity.ReportView;
export type Catalogue = activity.CatalogueView;
export type Outline = activity.OutlineView;
export type Survey = activity.SurveyView;
export type Choice = activity.ChoiceView;
export type Mapping = activity.MappingInput;
export type Imported = activity.ImportedView;
export type Scope = 'own' | 'organization';

let chosen = '';

/** The zone in which days begin, to be named: the one that the person chose, else the computer's. */
export const zone = (): string => chosen || Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Asks which zone the person chose; before the first search. */
export async function learnZone(): Promise<void> {
  chosen = (await call(Mine)).timeZone;
}

export const catalogue = () => call(service.Catalogue);
export const page = (search: Search, before: string, skip: number, limit: number) =>
  call(() => service.Page(search, before, skip, limit));
export const above = (search: Search, id: string) => call(() => service.Above(search, id));
export const newer = (search: Search, day: string) => call(() => service.Newer(search, day));
export const count = (search: Search) => call(() => service.Count(search));
export const days = (search: Search, last: string, n: number) => call(() => service.Days(search, last, n));
export const actors = (scope: Scope) => call(() => service.Actors(scope));
export const saved = (scope: Scope) => call(() => service.Saved(scope, locale()));
export const save = (search: Search, name: string) => call(() => service.Save(search, name));
export const seen = (id: string) => call(() => service.Seen(id));
export const unsave = (id: string) => call(() => service.Unsave(id));
export const verify = () => call(service.Verify);
export const verified = (job: string) => call(() => service.VerifyResult(job));
export const exportTo = (search: Search, out: activity.ExportInput) => call(() => service.Export(search, out));
export const exported = (job: string) => call(() => service.ExportResult(job));
/** How much of a file goes over at once, in bytes: a multiple of three, so that the parts of base64 need no filling. */
const PART = 3 * 1024 * 1024;

/** Hands a file over part by part; heard tells how far it is and may end it by giving false. */
export async function upload(name: string, bytes: ArrayBuffer, heard: (done: number) => boolean): Promise<string> {
  const id = await call(() => service.OpenImport(name, bytes.byteLength));
  for (let at = 0; at < bytes.byteLength && heard(at); at += PART) {
    await call(() => service.AddImport(id, base64(bytes.slice(at, at + PART))));
  }
  return id;
}
export const dropImport = () => call(service.DropImport);
export const lookImport = (id: string) => call(() => service.LookImport(id));
export const outline = (job: string) => call(() => service.OutlineResult(job));
export const surveyImport = (id: string, mapping: Mapping) => call(() => service.SurveyImport(id, mapping));
export const survey = (job: string) => call(() => service.SurveyResult(job));
export const previewImport = (id: string, mapping: Mapping) => call(() => service.PreviewImport(id, mapping));
export const runImport = (id: string, mapping: Mapping) => call(() => service.RunImport(id, mapping));
export const imported = (job: string) => call(() => service.ImportResult(job));
export const saveRejected = (id: string, language: string) => call(() => service.SaveRejected(id, language));
