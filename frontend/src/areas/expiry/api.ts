import * as expiry from '$wailsjs/go/expiry/Window';
import type { expiry as types } from '$wailsjs/go/models';
import { call } from '$lib/backend';
import { locale } from '$lib/format';

export type Entry = types.EntryView;
export type List = types.ListView;
export type Week = types.WeekView;
export type Place = types.PlaceView;
export type Query = types.QueryInput;
export type DateInput = types.Date;
export type NewRenewal = types.NewRenewal;

export const list = (query: Query) => call(() => expiry.List(query));
export const addDate = (input: DateInput) => call(() => expiry.AddDate(input));
export const updateDate = (id: string, version: number, input: DateInput) =>
  call(() => expiry.UpdateDate(id, version, input));
export const removeDate = (id: string) => call(() => expiry.RemoveDate(id));
export const renew = (key: string, input: NewRenewal) => call(() => expiry.Renew(key, input));
export const days = () => call(expiry.Days);
export const setDays = (list: number[]) => call(() => expiry.SetDays(list));
export const saveSheet = (query: Query, format: string, title: string, name: string) =>
  call(() => expiry.SaveSheet(query, { title, name, format, locale: locale() }));
export const saveCalendar = (query: Query, title: string, name: string) =>
  call(() => expiry.SaveCalendar(query, { title, name, format: 'ics', locale: locale() }));
