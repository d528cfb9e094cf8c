import * as service from '$wailsjs/go/app/ActivityService';
import type { app } from '$wailsjs/go/models';
import { base64, call } from '$lib/backend';

export type Entry = app.JournalEntryView;
export type Query = app.QueryView;
export type Term = app.TermView;
export type Search = app.SearchInput;
export type Amount = app.AmountView;
export type Found = app.FoundView;
export type Day = app.DayView;
export type Actor = app.ActorView;
export type Saved = app.SavedView;
export type Report = app.ReportView;
export type Catalogue = app.CatalogueView;
export type Outline = app.OutlineView;
export type Mapping = app.MappingInput;
export type Imported = app.JournalImportView;
export type Scope = 'own' | 'organization';

let chosen = '';

/** The zone in which days begin: the one that the person chose, else the computer's. */
export const zone = (): string => chosen || Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

/** Asks which zone the person chose; before the first search. */
export async function learnZone(): Promise<void> {
  chosen = await call(service.Zone);
}

export const catalogue = () => call(service.Catalogue);
export const parse = (query: string) => call(() => service.Parse(query));
export const page = (search: Search, before: string, limit: number) => call(() => service.Page(search, before, limit));
export const count = (search: Search) => call(() => service.Count(search));
export const days = (search: Search, last: string, n: number) => call(() => service.Days(search, last, n));
export const actors = (scope: Scope) => call(() => service.Actors(scope));
export const saved = (scope: Scope) => call(() => service.Saved(scope, zone()));
export const save = (scope: Scope, name: string, query: string) => call(() => service.Save(scope, name, query));
export const seen = (id: string) => call(() => service.Seen(id));
export const unsave = (id: string) => call(() => service.Unsave(id));
export const verify = () => call(service.Verify);
export const verified = (job: string) => call(() => service.VerifyResult(job));
export const exportTo = (search: Search, out: app.ExportInput) => call(() => service.Export(search, out));
export const exported = (job: string) => call(() => service.ExportResult(job));
export const openImport = (name: string, bytes: ArrayBuffer, words: Record<string, string>) =>
  call(() => service.OpenImport(name, base64(bytes) as unknown as number[], words)); // Go reads a []byte from base64
export const previewImport = (upload: string, mapping: Mapping) => call(() => service.PreviewImport(upload, mapping));
export const runImport = (upload: string, mapping: Mapping) => call(() => service.RunImport(upload, mapping));
export const imported = (job: string) => call(() => service.ImportResult(job));
export const saveAside = (id: string, language: string, title: string, name: string) =>
  call(() => service.SaveAside(id, language, title, name));
