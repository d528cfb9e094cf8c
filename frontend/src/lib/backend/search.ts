/** Looks for records of every kind that the person may see. */
import { Search } from '$wailsjs/go/search/Window';
import type { find, search } from '$wailsjs/go/models';
import { call } from './call';

export type Hit = find.Hit;
export type Group = search.Group;
export type Missing = search.Missing;
export type Result = search.Result;

/** With nothing typed it answers how many records of each kind there are. */
export const searchRecords = (typed: string, kinds: string[], limit: number) => call(() => Search(typed, kinds, limit));
