/** What the search box offers while somebody types: filters whose words begin like the last one. */
import { fold } from '$lib/fold';
import { m } from '$lib/i18n';
import type { Actor, Catalogue } from './api';
import { action, day, key, product, result } from './words';

export interface Suggestion {
  /** As it is written in a query. */
  text: string;
  label: string;
}

export const MOST = 8;

/**
 * Where the words at the end of what is typed begin, the earliest first, outside quotes: "invoice gen" may be the
 * beginning of one filter, or a word and the beginning of another.
 */
export function tails(typed: string): { head: string; tail: string }[] {
  const list: { head: string; tail: string }[] = [];
  let inQuotes = false;
  let between = true;
  for (let i = 0; i < typed.length; i++) {
    const blank = /\s/u.test(typed[i]!) && !inQuotes;
    if (between && !blank) list.push({ head: typed.slice(0, i), tail: typed.slice(i) });
    if (typed[i] === '"') inQuotes = !inQuotes;
    between = blank;
  }
  return typed.endsWith(' ') && !inQuotes ? [] : list;
}

const quoted = (text: string) =>
  /[\s,"\\]/u.test(text) ? `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"` : text;

/** Every filter that can be offered. */
export function all(catalogue: Catalogue, actors: readonly Actor[]): Suggestion[] {
  const list: Suggestion[] = [];
  const add = (name: string, id: string, words: string) =>
    list.push({ text: `${name}:${quoted(id)}`, label: `${key(name)}: ${words}` });
  add('actor', 'me', m.activity_me());
  const names = actors.map((one) => one.name);
  for (const one of actors)
    if (one.name) add('actor', names.filter((name) => name === one.name).length > 1 ? one.id : one.name, one.name);
  for (const id of catalogue.products) add('product', id, product(id));
  for (const id of catalogue.groups) add('action', id, action(id));
  for (const id of catalogue.actions) add('action', id, action(id));
  for (const id of catalogue.results) add('result', id, result(id));
  for (const id of ['today', '7d', '30d', '12m']) add('since', id, day(id));
  add('source', 'own', m.activity_source_own());
  add('source', 'imported', m.activity_source_imported());
  return list;
}

/** What fits the longest end of what is typed that fits anything; `head` is what stays before it. */
export function suggest(list: readonly Suggestion[], typed: string): { head: string; found: Suggestion[] } {
  for (const { head, tail } of tails(typed)) {
    const not = tail.startsWith('-') ? '-' : '';
    const wanted = fold(tail.slice(not.length).replaceAll('"', ''));
    if (wanted.length < 2) continue;
    const found = list.filter((one) => begins(one, wanted)).slice(0, MOST);
    if (found.length === 0) continue;
    return {
      head,
      found: found.map((one) => ({
        text: not + one.text,
        label: not ? m.activity_chip_not({ chip: one.label }) : one.label,
      })),
    };
  }
  return { head: typed, found: [] };
}

/** Does the filter, its words, or the end of its words from any word on begin so? */
function begins(one: Suggestion, wanted: string): boolean {
  const label = fold(one.label);
  const words = label.split(/[\s:]+/u);
  return (
    fold(one.text).replaceAll('"', '').startsWith(wanted) ||
    label.startsWith(wanted) ||
    label.replace(': ', ':').startsWith(wanted) ||
    words.some((_, i) => i > 0 && words.slice(i).join(' ').startsWith(wanted))
  );
}
