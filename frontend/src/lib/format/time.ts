/** Moments and days. Go sends moments as RFC 3339 text, days as "2026-11-20". */
import { forms } from './forms.svelte';
import { tag } from './locale';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();

/** In the person's zone, unless the options name another. */
function format(options: Intl.DateTimeFormatOptions, language = tag()): Intl.DateTimeFormat {
  const all = { timeZone: forms.timeZone || undefined, ...options };
  const key = language + JSON.stringify(all);
  let found = formats.get(key);
  if (!found) formats.set(key, (found = new Intl.DateTimeFormat(language, all)));
  return found;
}

function read(text: string): Date | undefined {
  const date = new Date(text);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** "2 min ago", "in 10 days", "yesterday"; beyond a month the date. */
export function relative(moment: string, now: Date = new Date()): string {
  const then = read(moment);
  if (!then) return moment;
  const seconds = Math.round((then.getTime() - now.getTime()) / 1000);
  const size = Math.abs(seconds);
  const words = new Intl.RelativeTimeFormat(tag(), { numeric: 'auto', style: size < DAY ? 'short' : 'long' });
  if (size < 45) return words.format(0, 'second');
  if (size < 45 * MINUTE) return words.format(Math.round(seconds / MINUTE), 'minute');
  if (size < 22 * HOUR) return words.format(Math.round(seconds / HOUR), 'hour');
  const days = Math.round((startOfDay(then) - startOfDay(now)) / (DAY * 1000));
  if (Math.abs(days) <= 30) return words.format(days, 'day');
  return date(moment);
}

/** "today, 17:48", "18 Nov, 16:31", "3 Jan 2025, 09:00": a moment in a list, where each row has to be told from the next. */
export function moment(at: string, now: Date = new Date()): string {
  const then = read(at);
  if (!then) return at;
  const days = Math.round((startOfDay(then) - startOfDay(now)) / (DAY * 1000));
  const year = format({ year: 'numeric' }, 'sv');
  const day =
    days === 0 || days === -1
      ? new Intl.RelativeTimeFormat(tag(), { numeric: 'auto' }).format(days, 'day')
      : year.format(then) === year.format(now)
        ? format({ day: 'numeric', month: 'short' }).format(then)
        : date(at);
  return `${day}, ${clock(at)}`;
}

/** Swedish writes a day as ISO does. */
function startOfDay(at: Date): number {
  return Date.parse(format({ year: 'numeric', month: '2-digit', day: '2-digit' }, 'sv').format(at));
}

/** The exact moment with its zone, for the title of a relative time: "Fri 20 Nov 2026, 22:39:17 UTC+1". */
export function exact(moment: string): string {
  const at = read(moment);
  if (!at) return moment;
  return format({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  }).format(at);
}

/** "20 Nov 2026" for a moment or a day. */
export function date(text: string): string {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text); // a day has no zone, and is the same everywhere
  const at = read(text);
  const how = { day: 'numeric', month: 'short', year: 'numeric' } as const;
  return at ? format(day ? { ...how, timeZone: 'UTC' } : how).format(at) : text;
}

/** "13:54" of today, "25 Nov" of this year, else "25 Nov 2025": since when something is so, in as few words as tell it. */
export function since(at: string, now: Date = new Date()): string {
  const then = read(at);
  if (!then) return at;
  if (startOfDay(then) === startOfDay(now)) return clock(at);
  const year = format({ year: 'numeric' }, 'sv');
  return year.format(then) === year.format(now) ? format({ day: 'numeric', month: 'short' }).format(then) : date(at);
}

/** "22:39" */
export function clock(moment: string): string {
  const at = read(moment);
  return at ? format({ hour: '2-digit', minute: '2-digit' }).format(at) : moment;
}

/** "Fri 20 Nov, 22:39" */
export function dateTime(moment: string): string {
  const at = read(moment);
  if (!at) return moment;
  return format({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(at);
}

/** "20 Nov, 22:39", where a column has no room for more. */
export function brief(moment: string): string {
  const at = read(moment);
  return at ? format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(at) : moment;
}
