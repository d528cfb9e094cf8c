/** Days in figures, as the person reads and types them; in Go and everywhere else a day is "2026-12-21". */
import { getLocalTimeZone, parseAbsolute, parseDateTime, toZoned } from '@internationalized/date';
import { forms } from './forms.svelte';
import { tag } from './locale';
import { bare } from './read';

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})$/;

type Part = 'day' | 'month' | 'year';

const figures = (): Intl.DateTimeFormat =>
  new Intl.DateTimeFormat(tag(), { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' });

const order = (): Part[] =>
  figures()
    .formatToParts(0)
    .map((part) => part.type)
    .filter((type): type is Part => type === 'day' || type === 'month' || type === 'year');

/** "21.12.2026" of a day; any other text stays as it is. */
export function writtenDay(day: string): string {
  return isDay(day) ? figures().format(Date.parse(day)) : day;
}

/** What belongs into an empty field: "DD/MM/YYYY", with the first letters of the three words in the person's language. */
export function dayPattern([day = '', month = '', year = '']: string): string {
  const signs = { day: day.repeat(2), month: month.repeat(2), year: year.repeat(4) };
  return figures()
    .formatToParts(0)
    .map((part) => (part.type === 'literal' ? part.value : signs[part.type as Part]))
    .join('');
}

/**
 * The day that somebody typed, in figures and in the order of the person's language or as ISO 8601 has it; the year may
 * have two digits, the separators may be any or none. What is no day stays as it is: Go refuses it, and nothing is lost.
 */
export function plainDay(typed: string): string {
  const text = bare(typed);
  let figures = text.split(/[\s./-]+/).filter(Boolean);
  let parts: Part[] = ISO.test(text) || figures[0]?.length === 4 ? ['year', 'month', 'day'] : order();
  if (/^\d{8}$/.test(text)) {
    parts = order();
    let at = 0;
    figures = parts.map((part) => text.slice(at, (at += part === 'year' ? 4 : 2)));
  }
  if (figures.length !== 3 || !figures.every((one) => /^\d{1,4}$/.test(one))) return typed;
  const get = (part: Part) => figures[parts.indexOf(part)]!;
  if (get('day').length > 2 || get('month').length > 2 || ![2, 4].includes(get('year').length)) return typed;
  const day = `${get('year').padStart(4, '20')}-${get('month').padStart(2, '0')}-${get('day').padStart(2, '0')}`;
  return isDay(day) ? day : typed;
}

/** "09:30" of "9:30", "9.30", "9h30", "0930" or "9"; what is no time of day stays as it is. */
export function plainTime(typed: string): string {
  const [, hour = '', minute = '0'] = /^\s*(\d\d?)(?:\s*[:.h]?\s*(\d\d))?\s*h?\s*$/i.exec(bare(typed)) ?? [];
  if (hour === '' || Number(hour) > 23 || Number(minute) > 59) return typed;
  return `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;
}

/** The day so many days later. */
export function dayAfter(day: string, days: number): string {
  const at = new Date(day);
  at.setUTCDate(at.getUTCDate() + days);
  return at.toISOString().slice(0, 10);
}

/** A day that there is: 2026-02-30 is none. */
export function isDay(text: string): boolean {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(text) : undefined;
  return at !== undefined && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** Where the person's days begin. */
export const zone = (): string => forms.timeZone || getLocalTimeZone();

/** The day that it is for the person, e.g. for the name of a file. */
export const today = (now = new Date()): string => onClock(now.toISOString()).slice(0, 10);

/** "2026-12-21T09:30" on the person's clock, of a moment; any other text stays as it is. */
export function onClock(moment: string): string {
  try {
    return parseAbsolute(moment, zone()).toString().slice(0, 16);
  } catch {
    return moment;
  }
}

/** The moment "2026-12-21T08:30:00.000Z" of what the person's clock shows; any other text stays as it is. */
export function ofClock(text: string): string {
  try {
    return toZoned(parseDateTime(text), zone()).toAbsoluteString();
  } catch {
    return text;
  }
}
